Feature: fails on purpose
  Scenario: too-many
    Given the endpoint "/greet?text=tick&count=3&every=10ms"
    And I connect
    Then I receive exactly 2 messages within 500 ms
