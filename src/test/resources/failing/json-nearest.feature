Feature: fails on purpose
  Scenario: json-nearest
    Given every wait ends after 200 ms
    And I connect
    When I send "noise"
    And I send "{\"type\": \"ack\", \"id\": 8}"
    And I send "{\"type\": \"nack\", \"id\": 9}"
    Then I eventually receive a message with {"type": "ack", "id": 7}
