Feature: fails on purpose
  Scenario: json-schema
    Given I connect
    When I send "{\"id\": \"seven\"}"
    Then I receive:
      """json-schema
      {"properties": {"id": {"type": "integer"}}}
      """
