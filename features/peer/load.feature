@peer
Feature: Many messages and many clients
  Latencies count from the instant at which a message was to be sent: a stall is not forgiven to
  those that had to wait for it.

  Scenario: echoes at a rate
    Given I connect
    Then 200 echoes at 1000 per second: the 99th percentile is at most 1s
    And the 50th percentile is at most 500 ms

  Scenario: answers by the id in their JSON
    Given I connect
    When I send 50 messages at 500 per second:
      """
      {"id": {{id}}, "op": "get"}
      """
    Then each is answered within 1s, by the id at "$.id"
    And the 99.9th percentile is at most 1s

  Scenario: answers by the id in their text
    Given I connect
    When I send 20 messages at 1000 per second:
      """
      get id={{id}}
      """
    Then each is answered within 1s, by the id in "id=(\d+)"

  Scenario: a broadcast reaches everybody
    Given the endpoint "/broadcast/fan-out"
    And 100 clients connect
    Then 10 messages from client 1 at 200 per second reach each client within 2s
    And the 99th percentile is at most 2s
    When client 7 sends "last"
    Then each client receives "last" within 1s

  Scenario: everybody sends at the same time
    Given 100 clients connect
    When each client sends "Hello"
    Then each client receives the echo
    And the 99th percentile is at most 2s
    When each client sends a text of 1 KiB
    Then each client receives the echo
