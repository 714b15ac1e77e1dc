Feature: fails on purpose
  Scenario: one-came
    Given I connect
    When I send "an error occurred"
    Then I receive no text containing "error" for 200 ms
