Feature: fails on purpose
  Scenario: frames
    Given I connect
    When I send "Hello"
    Then I receive the echo
    And I sent these frames:
      | text | FIN | 4 |
