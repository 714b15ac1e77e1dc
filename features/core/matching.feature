Feature: Matching
  What a message says can be told in the form it has: JSON, bytes, a pattern, a schema.

  Scenario: JSON is compared as JSON
    Given I connect
    When I send:
      """json
      {"type": "quote", "price": 3.50, "tags": ["a", "b"]}
      """
    Then I receive:
      """json
      {"tags": ["a", "b"], "price": 3.5, "type": "quote"}
      """

  Scenario: bytes in hex come back in base64
    Given I connect
    When I send:
      """hex
      00 ff 10 80
      """
    Then I receive:
      """base64
      AP8QgA==
      """
    When I send:
      """base64
      AP8Q
      gA==
      """
    Then I receive the bytes 00 ff 10 80

  Scenario: a text matches a pattern or a schema
    Given I connect
    When I send:
      """
      order 4711 is {"done": true}
      """
    And I send "noise"
    And I send "{\"id\": 7, \"name\": \"x\"}"
    Then I receive within 5s:
      """regex
      order (?<order>\d+) is .*
      """
    And I eventually receive:
      """json-schema
      {
        "type": "object",
        "required": ["id", "name"],
        "properties": {"id": {"type": "integer", "minimum": 1}}
      }
      """
    When I send "{{order}}"
    Then I receive "4711"

  Scenario: part of a message is enough
    Given I connect
    When I send "{\"type\": \"ack\", \"id\": 7, \"extra\": [1, 2]}"
    And I send "noise"
    And I send "{\"type\": \"done\", \"id\": 8}"
    Then I receive a message with:
      """json
      {"type": "ack", "extra": [1, 2.0]}
      """
    And I eventually receive a message with:
      """json
      {"type": "done"}
      """
    When I send "noise"
    And I send "{\"type\": \"last\"}"
    Then I eventually receive a message with {"type": "last"}

  Scenario: JSON paths lead to what was expected
    Given I connect
    When I send "{\"type\": \"ack\", \"price\": 3.51, \"items\": [{\"id\": 1}, {\"id\": 2}], \"note\": null}"
    Then I receive a message where "$.type" is "ack" and "$.items" has 2 items
    And the JSON path "$.type" is "ack"
    And the JSON path "$.price" is within 0.01 of 3.5
    And the JSON path "$.price" is within 1% of 3.5
    And the JSON path "$.price" is at least 3
    And the JSON path "$.items[*].id" is at most 2
    And the JSON path "$.items[?(@.id == 2)]" exists
    And the JSON path "$.items[0]" is {"id": 1.0}
    And the JSON path "$.type" matches "[a-z]{3}"
    And the JSON path "$.type" contains "c"
    And the JSON path "$.items" contains {"id": 2}
    And the JSON path "$.note" is null
    And the JSON path "$.type" is not "nack"
    And the JSON path "$.items" is an array
    And the JSON path "$.error" does not exist

  Scenario: tables say several things of one message
    Given I connect
    When I send "noise"
    And I send "{\"at\": \"2026-01-31T12:00:03+01:00\", \"price\": 3.4999}"
    Then I eventually receive a message where:
      | $.at    | is a time within 5s of "2026-01-31T11:00:00Z" |
      | $.price | is within 0.1% of 3.5                         |
    When I send "{\"a\": 1}"
    Then I receive a message where:
      | $.a | is a number |
    When I send "noise"
    And I send "{\"a\": 2}"
    Then I eventually receive a message where "$.a" is 2

  Scenario: what is remembered is used later
    Given "user-{{uuid}}" is remembered as "user"
    And alice connects
    And bob connects
    When alice sends:
      """json
      {"id": 42, "name": "Ann \"A\" B"}
      """
    Then alice receives a message where "$.id" exists
    And the JSON path "$.id" of alice's message is 42
    When alice remembers "$.id" as "id"
    And alice remembers "$.name" as "name"
    And bob sends:
      """json
      {"re": {{id}}, "from": "{{name}}", "user": "{{user}}", "raw": "\{{id}}"}
      """
    Then bob receives a message where:
      | $.re   | is {{id}}                 |
      | $.from | is "{{name}}"             |
      | $.user | matches "user-[0-9a-f-]+" |
      | $.raw  | contains "id"             |
    When bob sends "Hello"
    Then bob receives "Hello"
    When bob remembers the text as "greeting"
    And bob sends "{{greeting}}, {{id}}"
    Then bob receives "Hello, 42"

  Scenario: messages of all types, in whatever order
    Given I connect
    When I send "{\"n\": 1, \"m\": 2}"
    And I send "{\"n\": 1}"
    And I send the bytes 01 02
    And I send "tick 7"
    Then I receive in any order:
      | regex  | tick \d+         |
      | base64 | AQI=             |
      | json   | {"m": 2, "n": 1} |
      | text   | {"n": 1}         |
    When I send "one"
    And I send "{\"a\": [1, 2]}"
    Then I receive in this order:
      | text | one          |
      | json | {"a":[1, 2]} |
