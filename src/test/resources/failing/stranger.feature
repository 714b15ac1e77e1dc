Feature: fails on purpose
  Scenario: stranger
    Given I connect
    Then bob receives "Hello"
