Feature: fails on purpose
  Scenario: wrong-type
    Given I connect
    When I send "Hello"
    Then I receive the bytes 48 65 6c 6c 6f
