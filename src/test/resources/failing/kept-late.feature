Feature: failing on purpose
  Scenario: kept-late
    Given a fault proxy stands before the endpoint
    And I keep a connection open
    And the fault proxy is told to refuse connections
    When the fault proxy is told to end now
    Then the connection drops with eof
    And every wait ends after 100 ms
    And the connection is back within 100 ms
