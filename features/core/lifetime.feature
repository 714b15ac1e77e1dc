Feature: Lifetime
  An open connection lasts, even if nobody says anything.

  Scenario: a silent connection stays open
    Given I connect
    Then the connection stays open for 1s
    When I send "Hello"
    Then I receive the echo

  Scenario: an echo comes once, and nothing follows
    Given I connect
    When I send "Hello"
    Then I receive exactly 1 message within 500 ms
    And I receive nothing for 500 ms

  @http-keep-alive
  Scenario: a WebSocket outlives the same server's HTTP keep-alive
    Given I connect
    Then the connection outlives the server's HTTP keep-alive of at most 10s
