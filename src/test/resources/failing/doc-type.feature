Feature: fails on purpose
  Scenario: doc-type
    Given I connect
    When I send:
      """yaml
      a: 1
      """
