Feature: fails on purpose
  Scenario: nothing-there
    Given I connect
    When I send "{\"ID\": 7}"
    Then I receive a message where "$.ID" is 7
    When I remember "$.id" as "id"
