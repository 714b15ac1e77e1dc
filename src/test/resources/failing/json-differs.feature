Feature: fails on purpose
  Scenario: json-differs
    Given I connect
    When I send "{\"a\": {\"b\": [1, 3]}, \"c\": \"x\"}"
    Then I receive:
      """json
      {"c": "x", "a": {"b": [1, 2.0]}}
      """
