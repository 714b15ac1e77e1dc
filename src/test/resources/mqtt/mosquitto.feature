Feature: MQTT over WebSocket
  A broker does not echo: a CONNECT packet goes in, a CONNACK comes out, both as bytes.

  Scenario: a broker accepts a client
    Given the subprotocol "mqtt" is offered
    When I connect
    Then the connection uses the subprotocol "mqtt"
    When I send the bytes 10 10 00 04 4d 51 54 54 04 02 00 3c 00 04 65 63 68 6f
    Then I receive the bytes 20 02 00 00

  Scenario: a broker refuses a protocol version that it does not know
    Given the subprotocol "mqtt" is offered
    Given drops don't matter
    When I connect
    And I send the bytes 10 10 00 04 4d 51 54 54 63 02 00 3c 00 04 65 63 68 6f
    Then I receive the bytes 20 02 00 01

  Scenario: a broker cuts a client that does not speak MQTT
    Given the subprotocol "mqtt" is offered
    When I connect
    And I send the bytes 00 00
    Then the connection did not end cleanly
