@subprotocol
Feature: JSON-RPC 2.0
  Calls, notifications and batches over one connection; answers find their calls by id.

  Scenario: a call is answered
    Given I connect
    When I call "sum" with '[1, 2, 39]'
    Then I receive the result '42'

  Scenario: a result may have more members than a step names
    Given I connect
    When I call "user" with '{"id": 7}'
    Then I receive the result '{"id": 7, "name": "ann"}'

  Scenario: answers find their calls, in whatever order they come
    Given I connect
    When I call "later" with '[100]'
    And I call "ping"
    Then I receive the result '"pong"' of "ping"
    And I receive the result '"late"' of "later"

  Scenario: errors are told by code and message
    Given I connect
    When I call "nosuch"
    Then I receive the error -32601 with the message "Method not found"
    When I call "withdraw"
    Then I receive the error 1001

  Scenario: what is not JSON is answered by an error of no call
    Given I connect
    When I send the text:
      """
      {"jsonrpc": "2.0", "method"
      """
    Then I receive the error -32700 that answers no call

  Scenario: a notification is not answered
    Given I connect
    When I notify "sum" with '[1, 2]'
    Then I receive no answer for 100 ms

  Scenario: a batch is answered by one array
    Given I connect
    When I send the JSON-RPC batch:
      | call         | sum    | [1, 2] |
      | notification | ping   |        |
      | call         | nosuch |        |
    Then I receive the answers to the batch:
      | sum    | 3            |
      | nosuch | error -32601 |

  Scenario: the server notifies us while we wait for something else
    Given I connect
    When I call "watch" with '[2]'
    Then I receive the result '"watching"'
    And I receive the notification "tick" with '{"n": 1}'
    And I receive the notification "tick" with '{"n": 2}'

  Scenario: the server calls us
    Given I connect
    When I call "greet"
    Then I answer the call "name" with '"ann"'
    And I receive the result '"Hello ann"'

  Scenario: calls are answered in time, on each of two connections
    Given I connect
    And alice connects
    When I call "ping"
    And alice calls "ping"
    Then I receive a result within 2 s
    And alice receives a result within 2 s
    And each of 20 calls of "ping" is answered within 2 s
