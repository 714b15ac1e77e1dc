Feature: fails on purpose
  Scenario: json-path
    Given I connect
    When I send "{\"price\": 3.6}"
    Then I receive a message where "$.price" exists
    And the JSON path "$.price" is within 0.01 of 3.5
