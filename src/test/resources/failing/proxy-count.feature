Feature: failing on purpose
  Scenario: proxy-count
    Given a fault proxy stands before the endpoint
    Then the fault proxy has ended 1 connection by reset
