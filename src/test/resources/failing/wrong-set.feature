Feature: fails on purpose
  Scenario: wrong-set
    Given I connect
    When I send "{\"n\": 1}"
    And I send "{\"n\": 3}"
    Then I receive in any order:
      | json | {"n": 2} |
      | json | {"n": 1} |
