Feature: fails on purpose
  Scenario: silence
    Given I connect
    When I send "Hello"
    Then I receive nothing for 1s
