Feature: fails on purpose
  Scenario: wrong-code
    Given the endpoint "/close/4001?reason=bye"
    And I connect
    Then the connection is closed by the peer with 4002
