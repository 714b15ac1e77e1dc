Feature: An unreachable network
  What keeps a connection from opening is told apart, and named.

  Scenario: the application shows the echo while all is well
    Given I connect
    When I send "Hello"
    Then I see "Hello"

  Scenario: nobody listens
    Given the endpoint "ws://127.0.0.1:1/"
    When I try to connect
    Then the connection fails with refused
    And I see "network not reachable"

  Scenario: the name does not resolve
    Given the endpoint "ws://no-such-host.invalid/"
    When I try to connect
    Then the connection fails with dns
    And I see "network not reachable"
