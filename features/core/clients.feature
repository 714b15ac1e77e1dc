Feature: Many clients
  Connections are told apart by name, and do not mix.

  Scenario: two people talk to the same endpoint
    Given alice connects
    And bob connects
    When alice sends "from alice"
    And bob sends "from bob"
    Then bob receives "from bob"
    And alice receives "from alice"

  Scenario: many clients at once
    Given 20 clients connect
    When each client sends "Hello"
    Then each client receives the echo
    And each client receives nothing for 200 ms

  Scenario: one closes, the others stay
    Given 2 clients connect
    When client 1 closes the connection
    Then client 1's connection ended cleanly
    And client 2's connection stays open for 300 ms
    When client 2 sends "still here"
    Then client 2 receives the echo
