Feature: fails on purpose
  Scenario: wrong-text
    Given I connect
    When I send "Hello"
    Then I receive "Hallo"
