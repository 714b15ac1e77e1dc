@subprotocol
Feature: SignalR
  Invocations, streams and calls of the hub's, by the JSON hub protocol.

  Scenario: an invocation completes with its result
    Given I connect
    When I open a SignalR session
    And I invoke "Add" with '[40, 2]'
    Then I receive the completion '42'
    When I invoke "Add" with '[1, 2]'
    Then I receive a completion within 2 s

  Scenario: an invocation fails
    Given I connect
    When I open a SignalR session
    And I invoke "Fail" with '[]'
    Then I receive the completion error containing "unexpected error"
    When I invoke "NoSuch" with '[]'
    Then I receive the completion error containing "Unknown hub method"

  Scenario: an invocation without an id is not completed
    Given I connect
    When I open a SignalR session
    And I invoke "Log" with '["seen"]' and want no completion
    And I invoke "Log" with '["seen"]'
    Then I receive a completion without a result

  Scenario: a stream has items, then it completes
    Given I connect
    When I open a SignalR session
    And I stream "Counter" with '[3]'
    Then I receive the stream item '1'
    And I receive the stream item '2'
    And I receive the stream item '3'
    And I receive a completion without a result

  Scenario: a stream is cancelled
    Given I connect
    And further messages don't matter
    When I open a SignalR session
    And I stream "Counter" with '[1000]'
    Then I receive the stream item '1'
    When I cancel the stream
    Then I receive a completion without a result

  Scenario: the hub calls every client
    Given I connect
    And alice connects
    When I open a SignalR session
    And alice opens a SignalR session
    And I invoke "Broadcast" with '["Hello"]' and want no completion
    Then I receive the hub's call "Notify" with '["Hello"]'
    And alice receives the hub's call "Notify" with '["Hello"]'

  Scenario: the hub wants a result from us
    Given I connect
    When I open a SignalR session
    And I invoke "Greet" with '[]'
    Then I receive the hub's call "Name" with '[]'
    When I complete the hub's call with '"ann"'
    Then I receive the completion '"Hello ann"'

  Scenario: both sides ping
    Given I connect
    When I open a SignalR session
    And I send a SignalR ping
    Then the connection brings a SignalR ping within 2 s

  Scenario: an unknown protocol is refused
    Given I connect
    Then I am refused a SignalR session for the protocol "xml"
    And drops don't matter

  @silence
  Scenario: we ping while no step waits, and a hub drops who does not
    Given I connect
    And alice connects
    And I promise a SignalR ping every 400 ms
    And alice promises a SignalR ping every 60 s
    When I open a SignalR session
    And alice opens a SignalR session
    Then alice's connection ends with peer_normal within 3 s
    And the connection stays open for 500 ms
    When I invoke "Add" with '[40, 2]'
    Then I receive the completion '42'

  @close
  Scenario: the hub closes
    Given I connect
    When I open a SignalR session
    And I invoke "Shutdown" with '[]' and want no completion
    Then the hub closes the connection with the error "shutting down"
