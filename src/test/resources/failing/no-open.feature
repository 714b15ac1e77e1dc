Feature: fails on purpose
  Scenario: no-open
    Given the endpoint "/refuse/503"
    And I connect
