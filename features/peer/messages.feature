@peer
Feature: Messages
  Whatever a peer sends can be received and told apart.

  Scenario: a message in fragments arrives whole, its frames can be told
    Given the endpoint "/echo?fragment=3"
    And I connect
    When I send "Hello"
    Then I receive "Hello"
    And I receive a text frame without FIN
    And I receive a continuation frame with FIN
    And I received these frames:
      | text         | no FIN | 3 |
      | continuation | FIN    | 2 |

  Scenario: a ping of the peer is answered, and is no message
    Given the endpoint "/echo?ping=on"
    And I connect
    Then I receive a ping frame
    And I receive a ping frame with "peer"
    And I answered the ping
    And I receive nothing for 200 ms

  Scenario: a flood arrives whole and in order
    Given the endpoint "/flood?count=2000&size=100"
    When I connect
    Then I receive a text matching "1 x+"
    And I eventually receive a text matching "2000 x+"
    And I receive nothing for 200 ms

  Scenario: what is of no interest is skipped
    Given the endpoint "/flood?count=10&size=4"
    When I connect
    Then I eventually receive a text containing "7 "
    And I receive "8 xx"
    Given further messages don't matter

  Scenario: bytes can be waited for
    Given I connect
    When I send "noise"
    And I send the bytes 00 01
    Then I eventually receive the bytes 00 01

  Scenario: exactly so many messages come
    Given the endpoint "/greet?text=tick&count=5&every=20ms"
    When I connect
    Then I receive exactly 5 messages within 1s

  Scenario: a slow echo still comes
    Given every wait ends after 3s
    And the endpoint "/echo?delay=300ms"
    And I connect
    When I send "Hello"
    Then I receive nothing for 100 ms
    And I receive "Hello"

  Scenario: in whatever order
    Given I connect
    When I send "one"
    And I send "two"
    Then I receive in any order:
      | two |
      | one |

  Scenario: a broadcast reaches everybody in the room
    Given the endpoint "/broadcast/lobby"
    And 3 clients connect
    And alice connects
    When alice sends "Hello, everybody"
    Then each client receives "Hello, everybody"
    And alice receives "Hello, everybody"

  Scenario: a broadcast stays in its room
    Given the endpoint "/broadcast/kitchen"
    And alice connects
    And the endpoint "/broadcast/cellar"
    And bob connects
    When alice sends "Dinner!"
    Then alice receives "Dinner!"
    And bob receives nothing for 200 ms

  Scenario: a silent peer sends nothing, but is there
    Given the endpoint "/silent"
    And I connect
    When I send "Hello"
    Then I receive nothing for 300 ms
    When I ping
    Then I receive a pong frame
    And there is no first_message phase
    And there is no tls phase
