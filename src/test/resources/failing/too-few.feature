Feature: fails on purpose
  Scenario: too-few
    Given I connect
    When I send "{\"type\": \"tick\", \"n\": 1}"
    And I send "{\"type\": \"tock\", \"n\": 2}"
    Then I receive exactly 2 messages where "$.type" is "tick" within 200 ms
