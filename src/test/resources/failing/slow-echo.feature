Feature: fails on purpose
  Scenario: slow-echo
    Given the endpoint "/echo?delay=400ms"
    And I connect
    When I send "Hello"
    Then I receive the echo within 100 ms
