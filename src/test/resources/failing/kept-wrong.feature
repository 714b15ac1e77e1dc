Feature: failing on purpose
  Scenario: kept-wrong
    Given a fault proxy stands before the endpoint
    And I keep a connection open with a ping every 1s
    When the fault proxy is told to close now with 1012
    Then the connection drops with eof
