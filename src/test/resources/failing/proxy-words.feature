Feature: failing on purpose
  Scenario: proxy-words
    Given a fault proxy stands before the endpoint
    And the fault proxy is told to reset after frame 3
