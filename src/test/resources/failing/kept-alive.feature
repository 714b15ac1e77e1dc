Feature: failing on purpose
  Scenario: kept-alive
    Given I keep a connection open
    Then the connection drops with reset within 200 ms
