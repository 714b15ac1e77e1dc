Feature: fails on purpose
  Scenario: condition-words
    Given I connect
    When I send "{\"price\": 3.6}"
    Then I receive a message where "$.price" is around 3
