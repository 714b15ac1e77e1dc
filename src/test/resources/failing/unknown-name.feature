Feature: fails on purpose
  Scenario: unknown-name
    Given "7" is remembered as "id"
    And I connect
    When I send "{{ID}}"
