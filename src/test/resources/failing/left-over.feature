Feature: fails on purpose
  Scenario: left-over
    Given I connect
    When I send "Hello"
