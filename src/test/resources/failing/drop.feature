Feature: fails on purpose
  Scenario: drop
    Given the endpoint "/fin?after=1"
    And I connect
    When I send "Hello"
    Then I receive the echo
    And I receive nothing for 500 ms
