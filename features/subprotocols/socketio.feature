@subprotocol
Feature: Socket.IO
  Events, acknowledgements, namespaces and attachments over the WebSocket transport.

  Background:
    Given the endpoint "/socket.io/?EIO=4&transport=websocket"
    And I connect

  Scenario: an event is broadcast
    When I open a Socket.IO session
    And alice connects
    And alice opens a Socket.IO session
    And I emit "chat" with '["Hello", {"from": "me"}]'
    Then I receive the event "chat" with '["Hello", {"from": "me"}]'
    And alice receives the event "chat" with '["Hello", {}]'

  Scenario: an event is acknowledged
    When I open a Socket.IO session
    And I emit "save" with '[{"n": 1}]' to be acknowledged
    Then I receive the acknowledgement '["saved", 2]'
    When I emit "save" with '[{"n": 2}]' to be acknowledged
    Then I receive the acknowledgement within 2 s

  Scenario: we acknowledge an event of the server's
    When I open a Socket.IO session
    And I emit "ask" with '[]'
    Then I receive the event "question" with '["ready?"]'
    When I acknowledge the event with '["yes"]'
    Then I receive the event "heard" with '["yes"]'

  Scenario: bytes travel as attachments
    When I open a Socket.IO session
    And I emit "picture" with the bytes 00 01 fe ff
    Then I receive the event "picture" with the bytes 00 01 fe ff

  Scenario: a namespace wants credentials
    When I open a Socket.IO session
    Then I am refused the namespace "/admin" with "who are you?"
    When I join the namespace "/admin" with '{"token": "s3cret"}'
    And I emit "whoami" with '[]' to be acknowledged
    Then I receive the acknowledgement '[{"admin": true}]'
    When I emit "out" with '[]'
    Then I am put out of the namespace "/admin"

  Scenario: a namespace sends its own events
    When I open a Socket.IO session
    And I join the namespace "/news"
    Then I receive the event "headline" with '["calm"]'

  Scenario: what was left is silent
    When I open a Socket.IO session
    And I join the namespace "/admin" with '{"token": "s3cret"}'
    And I leave the namespace "/"
    And alice connects
    And alice opens a Socket.IO session
    And alice emits "chat" with '["Hello"]'
    Then alice receives the event "chat" with '["Hello"]'
    And I receive no event for 50 ms

  Scenario: pings are answered, so that the session lives on
    When I open a Socket.IO session
    Then the connection brings an Engine.IO ping within 2 s
    And the connection brings an Engine.IO ping within 2 s

  Scenario: they are answered while no step waits for anything of Socket.IO
    When I open a Socket.IO session
    Given the endpoint "/impatient/?EIO=4&transport=websocket"
    When alice connects
    And alice opens a Socket.IO session
    Then alice's connection stays open for 1 s
    When alice emits "save" with '[{"n": 1}]' to be acknowledged
    Then alice receives the acknowledgement '["saved", 2]'
