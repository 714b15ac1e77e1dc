Feature: fails on purpose
  Scenario: nothing
    Given I connect
    When I send ""
