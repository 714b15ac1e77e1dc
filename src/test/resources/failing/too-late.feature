Feature: fails on purpose
  Scenario: too-late
    Given the endpoint "/echo?delay=400ms"
    And I connect
    When I send "Hello"
    Then I receive "Hello" within 100 ms
