Feature: Opening handshake
  A connection begins as an HTTP request that the server upgrades.

  @upgrade
  Scenario: an HTTP upgrade opens the connection
    When I connect
    Then the connection is open
    And the connection was upgraded with status 101
    And the connection was upgraded with the header "Upgrade": "websocket"
    And the connection was upgraded with the right accept key

  Scenario: without an offer, nothing is negotiated
    Given compression is not offered
    When I connect
    Then the connection uses no subprotocol
    And the connection uses no extension

  @subprotocol
  Scenario: the server chooses an offered subprotocol
    Given the subprotocols "other, echo.v1" are offered
    When I connect
    Then the connection uses the subprotocol "echo.v1"

  @deflate
  Scenario: compression is negotiated and used both ways
    Given compression is offered
    When I connect
    Then the connection uses the extension "permessage-deflate"
    When I send a text of 64 KiB
    Then I receive the echo
    And I receive a compressed text frame

  Scenario: each phase is measured
    When I connect
    Then the tcp phase takes at most 5s
    And the upgrade phase takes at most 5s

  Scenario: headers of ours do not disturb
    Given the header "X-Tenant" is "blue"
    And these headers:
      | X-Trace | 17 |
      | X-Trace | 18 |
    And the cookie "session" is "abc"
    And the user agent is "Acceptance/1.0"
    When I connect
    And I send "Hello"
    Then I receive the echo
