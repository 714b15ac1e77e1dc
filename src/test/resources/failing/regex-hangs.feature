Feature: fails on purpose
  Scenario: regex-hangs
    Given I connect
    When I send "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"
    Then I receive:
      """regex
      a*a*a*a*a*a*a*a*b
      """
