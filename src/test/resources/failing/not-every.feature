Feature: fails on purpose
  Scenario: not-every
    Given I connect
    When I send "tick 1"
    And I send "tock 2"
    Then during 200 ms every message I receive is a text matching "tick \d"
