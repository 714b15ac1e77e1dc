Feature: Closing handshake
  A connection that we close ends cleanly.

  Scenario: a close on our side is a clean 1000
    Given I connect
    When I close the connection
    Then the connection ends with closed_by_us
    And the connection ended cleanly
    And the peer answered the close with 1000
    And the close phase takes at most 5s

  Scenario: a connection can be closed after a talk
    Given I connect
    When I send "Hello"
    Then I receive the echo
    When I close the connection with "normal closure" and the reason "done"
    Then the connection ended cleanly

  @close-code
  Scenario: an application's own code is answered
    Given I connect
    When I close the connection with 4001
    Then the connection ended cleanly
    And the peer answered the close with 4001
