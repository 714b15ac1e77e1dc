@peer
Feature: What a WebSocket application relies on
  Connect, listen, send, notice a lost network, close.

  Scenario: connect through an HTTP upgrade
    When I connect
    Then the connection was upgraded with status 101
    And the connection was upgraded with the right accept key

  Scenario: an upgrade with a wrong accept key is refused
    Given the endpoint "/bad-accept"
    When I try to connect
    Then the connection fails with not_websocket

  Scenario: listen to a stream of several messages
    Given the endpoint "/greet?text=tick&count=3&every=50ms"
    When I connect
    Then I receive in this order:
      | tick |
      | tick |
      | tick |
    And I receive nothing for 200 ms

  Scenario: a message that is glued to the handshake is not lost
    Given the endpoint "/greet?text=welcome"
    When I connect
    Then I receive "welcome" within 1s

  Scenario: show what the server echoes
    Given the endpoint "/echo?prefix=echo:%20"
    And I connect
    When I send "Hello"
    Then I see "echo: Hello"
    When I send "again"
    Then I receive the echo of "again"

  Scenario Outline: show that the network is not reachable: <what>
    Given the endpoint "<endpoint>"
    And the upgrade may take at most 300 ms
    When I try to connect
    Then the connection fails with <cause>
    And I see "network not reachable"

    Examples:
      | what                  | endpoint                   | cause           |
      | nobody listens        | ws://127.0.0.1:1/          | refused         |
      | the name is unknown   | ws://no-such-host.invalid/ | dns             |
      | no answer in time     | /no-answer                 | upgrade_timeout |
      | cut before the answer | /hang-up                   | closed_early    |

  Scenario: show that the network was lost
    Given the endpoint "/reset?after=1"
    And I connect
    When I send "Hello"
    Then I see "Hello"
    And I see "network not reachable"
    And the connection ends with reset

  Scenario: a WebSocket outlives the same server's HTTP keep-alive
    Given I connect
    Then the connection outlives the server's HTTP keep-alive of at most 10s
