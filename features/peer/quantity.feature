@peer
Feature: Quantity
  How many messages of a kind come, and that none does.

  Scenario: one of the next few
    Given the endpoint "/flood?count=10&size=4"
    When I connect
    Then within the next 5 messages I receive a text containing "4 "
    And within the next 6 messages I receive "10 x"

  Scenario: every message is of a kind
    Given the endpoint "/greet?text=%7B%22type%22:%22tick%22%7D&count=5&every=20ms"
    When I connect
    Then during 300 ms every message I receive is one where "$.type" is "tick"

  Scenario: so many of a kind among others
    Given I connect
    When I send "{\"type\": \"tick\"}"
    And I send "other"
    And I send "{\"type\": \"tick\"}"
    Then I receive exactly 2 messages where "$.type" is "tick" within 200 ms
    When I send "tick 1"
    And I send "tick 2"
    And I send "tick 3"
    Then I receive at least 2 texts matching "tick \d+" within 5s
    And I receive at most 1 text containing "tick" within 200 ms

  Scenario: none of a kind, whatever else comes
    Given the endpoint "/greet?text=tick&count=5&every=20ms"
    When I connect
    Then I receive no text containing "error" for 200 ms
    And I receive no message with {"type": "error"} for 50 ms
    And I receive no binary message for 50 ms

  Scenario: what is remembered goes into the upgrade request
    Given "blue" is remembered as "tenant"
    And "request" is remembered as "path"
    And the endpoint "/{{path}}"
    And the header "X-Tenant" is "dark {{tenant}}"
    When I connect
    Then I receive a text matching "GET /request .*X-Tenant: dark blue.*"
