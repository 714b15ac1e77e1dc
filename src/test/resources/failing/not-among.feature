Feature: fails on purpose
  Scenario: not-among
    Given the endpoint "/flood?count=10&size=4"
    And I connect
    Then within the next 3 messages I receive "4 xx"
