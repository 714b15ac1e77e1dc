Feature: failing on purpose
  Scenario: kept-untold
    Given a fault proxy stands before the endpoint
    And I keep a connection open
    When the fault proxy is told to reset now
    Then the connection is back within 3s
