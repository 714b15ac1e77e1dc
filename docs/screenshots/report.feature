Feature: Support desk

  Scenario: what one says in the room reaches the others, until the network breaks
    Given a fault proxy stands before the endpoint
    And the endpoint "/broadcast/desk"
    And alice connects
    And bob connects
    When alice sends "Is anybody there?"
    Then alice receives "Is anybody there?"
    And bob receives "Is anybody there?"
    When bob pings
    Then bob receives nothing for 200 ms
    When bob sends the bytes 00 ff
    Then bob receives the bytes 00 ff
    And alice receives the bytes 00 ff
    And alice receives nothing for 200 ms
    When the fault proxy is told to reset now
    Then bob receives "Welcome"

  Scenario: a greeting
    Given I connect
    When I send "Hello"
    Then I receive "Hello"
