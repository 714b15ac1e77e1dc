@subprotocol
Feature: MQTT over WebSocket
  Publishing and subscribing with every QoS, in both versions that are in use.

  Background:
    Given the subprotocol "mqtt" is offered
    And I connect
    And I have the MQTT user "probe" with the password "s3cret"

  Scenario Outline: a message comes back with the QoS it was sent with
    When I open an MQTT <version> session as "probe"
    And I subscribe to the topic "test/+" with QoS <qos>
    And I publish "21.5" to the topic "test/room" with QoS <qos>
    Then I receive "21.5" on the topic "test/room" with QoS <qos>
    And I receive no MQTT message for 50 ms
    When I end the MQTT session
    Then the connection ends with eof

    Examples:
      | version | qos |
      | 3.1.1   | 0   |
      | 3.1.1   | 1   |
      | 3.1.1   | 2   |
      | 5       | 0   |
      | 5       | 1   |
      | 5       | 2   |

  Scenario Outline: messages wait for a client whose session lasts
    When I open a lasting MQTT <version> session as "sleeper-<version>"
    Then the connection has a new MQTT session
    When I subscribe to the topic "test/mail" with QoS 1
    And I end the MQTT session
    Then the connection ends with eof
    When alice connects
    And alice has the MQTT user "probe" with the password "s3cret"
    And alice opens an MQTT <version> session as "sender"
    And alice publishes "wake up" to the topic "test/mail" with QoS 1
    And bob connects
    And bob has the MQTT user "probe" with the password "s3cret"
    And bob opens a lasting MQTT <version> session as "sleeper-<version>"
    Then bob's connection goes on with the MQTT session of before
    And bob receives "wake up" on the topic "test/mail"
    # A clean session of the same name takes it away, for the next run.
    When bob ends the MQTT session
    Then bob's connection ends with eof
    When carol connects
    And carol has the MQTT user "probe" with the password "s3cret"
    And carol opens an MQTT <version> session as "sleeper-<version>"

    Examples:
      | version |
      | 3.1.1   |
      | 5       |

  Scenario: a retained message comes to later subscribers, until it is taken away
    When I open an MQTT 5 session as "probe"
    And I publish "on" to the topic "test/lamp" with QoS 1, retained
    And I subscribe to the topic "test/lamp" with QoS 1
    Then I receive "on" on the topic "test/lamp", retained
    When I publish "" to the topic "test/lamp" with QoS 1, retained
    Then I receive "" on the topic "test/lamp"
    When I unsubscribe from the topic "test/lamp"
    And I subscribe to the topic "test/lamp" with QoS 1
    Then I receive no MQTT message for 50 ms

  Scenario Outline: a wrong password is refused in either version
    Given I have the MQTT user "probe" with the password "wrong"
    Then I am refused an MQTT <version> session as "probe" with "not authorized"
    And the connection ends with eof

    Examples:
      | version |
      | 3.1.1   |
      | 5       |

  Scenario: a topic that is not ours is refused
    When I open an MQTT 5 session as "probe"
    Then I may not publish "x" to the topic "other": "not authorized"

  Scenario: a second client with our name takes the session over
    When I open an MQTT 5 session as "probe"
    And alice connects
    And alice has the MQTT user "probe" with the password "s3cret"
    And alice opens an MQTT 5 session as "probe"
    # Mosquitto's DISCONNECT, which tells why, gets lost over WebSocket: all that comes is the end.
    Then the connection ends with eof

  Scenario: the broker is fast enough
    When I open an MQTT 3.1.1 session as "probe"
    Then the connection answers an MQTT ping within 2 s
    When I subscribe to the topic "test/loop" with QoS 0
    Then each of 20 messages on the topic "test/loop" returns within 2 s

  Scenario Outline: the broker publishes our will when we are cut off
    When alice connects
    And alice has the MQTT user "probe" with the password "s3cret"
    And alice opens an MQTT <version> session as "heir"
    And alice subscribes to the topic "test/will" with QoS 1
    Given a fault proxy stands before the endpoint
    When bob connects
    And bob has the MQTT user "probe" with the password "s3cret"
    And bob leaves the MQTT will "gone" for the topic "test/will" with QoS 1
    And bob opens an MQTT <version> session as "testator"
    And the fault proxy is told to reset now
    Then bob's connection ends with reset
    And alice receives "gone" on the topic "test/will" with QoS 1

    Examples:
      | version |
      | 3.1.1   |
      | 5       |

  Scenario: our good-bye takes the will back
    When alice connects
    And alice has the MQTT user "probe" with the password "s3cret"
    And alice opens an MQTT 5 session as "heir"
    And alice subscribes to the topic "test/will" with QoS 1
    Given I leave the MQTT will "gone" for the topic "test/will" with QoS 1, retained
    When I open an MQTT 5 session as "testator"
    And I end the MQTT session
    Then the connection ends with eof
    And alice receives no MQTT message for 50 ms

  # That the broker drops who does not ping takes it up to seven seconds: the tests of this project wait for it.
  Scenario: an idle client pings by itself, until it is told not to
    Given I have the MQTT keep-alive 1 s
    When I open an MQTT 5 session as "idle"
    Then the connection stays open for 900 ms
    When I stop the MQTT keep-alive
    And I end the MQTT session
    Then the connection ends with eof
