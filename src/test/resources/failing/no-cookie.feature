Feature: fails on purpose
  Scenario: no-cookie
    When I connect
    Then the cookie "seat" was set
