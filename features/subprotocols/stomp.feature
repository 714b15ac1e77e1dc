@subprotocol
Feature: STOMP over WebSocket
  Sending, subscribing and acknowledging, as with a message broker.

  Background:
    Given the subprotocol "v12.stomp" is offered
    And I connect

  Scenario: a message comes back from a topic
    When I open a STOMP session as "probe" with the passcode "s3cret"
    And I subscribe to the destination "/topic/news"
    And I send "Hello: 世界" to the destination "/topic/news"
    Then I receive "Hello: 世界" from the destination "/topic/news"
    And I end the STOMP session

  Scenario: headers come through, whatever they contain
    When I open a STOMP session as "probe" with the passcode "s3cret"
    And I subscribe to the destination "/topic/news"
    And I send "x" to the destination "/topic/news" with these headers:
      | colour | a:b\\c |
    Then I receive "x" from the destination "/topic/news" with these headers:
      | colour | a:b\\c |

  Scenario: with receipts, bob is subscribed before alice sends
    When alice connects
    And alice opens a STOMP session as "probe" with the passcode "s3cret"
    And bob connects
    And bob opens a STOMP session as "probe" with the passcode "s3cret"
    And bob asks for STOMP receipts
    And bob subscribes to the destination "/topic/news"
    And alice sends "one" to the destination "/topic/news"
    Then bob receives "one" from the destination "/topic/news"
    When bob unsubscribes from the destination "/topic/news"
    And alice sends "two" to the destination "/topic/news"
    Then bob receives no STOMP message for 50 ms

  Scenario: messages of a queue are acknowledged one by one
    When I open a STOMP session as "probe" with the passcode "s3cret"
    And I ask for STOMP receipts
    And I subscribe to the destination "/queue/work" to acknowledge each message
    And I send "one" to the destination "/queue/work"
    Then I receive "one" from the destination "/queue/work"
    And I acknowledge the message
    When I send "two" to the destination "/queue/work"
    Then I receive "two" from the destination "/queue/work"
    And I reject the message

  Scenario: a broker that wants no login
    Given the endpoint "/open"
    When alice connects
    And alice opens a STOMP session
    And alice subscribes to the destination "/topic/open"
    And alice sends "Hello" to the destination "/topic/open"
    Then alice receives "Hello" from the destination "/topic/open"

  Scenario: a wrong passcode is refused
    Then I am refused a STOMP session as "probe" with the passcode "wrong"
    And drops don't matter

  Scenario: what the server cannot do, it tells by an error
    When I open a STOMP session as "probe" with the passcode "s3cret"
    And I send the text:
      """
      UNSUBSCRIBE
      id:4711


      """
    And I send the bytes 00
    Then I receive a STOMP error containing "subscription"
    And drops don't matter

  Scenario: the server shows that it is alive
    When I open a STOMP session with these headers:
      | login      | probe  |
      | passcode   | s3cret |
      | heart-beat | 0,100  |
    Then the connection brings a STOMP heart-beat within 2 s
    And the connection brings a STOMP heart-beat within 2 s

  Scenario: we send heart-beats while no step waits, and a server drops who does not
    Given I offer STOMP heart-beats every 100 ms
    And alice connects
    And alice offers STOMP heart-beats every 100 ms
    When I open a STOMP session as "probe" with the passcode "s3cret"
    And alice opens a STOMP session as "probe" with the passcode "s3cret"
    And alice stops the STOMP heart-beats
    Then alice's connection ends with peer_normal within 3 s
    And the connection stays open for 500 ms
    And the connection brings a STOMP heart-beat within 2 s
