@peer
Feature: Chaos
  Templates for tests of your own: what happens to a client when the network, a proxy or the server
  misbehaves. A fault proxy stands before the server; the rest is the server's own doing.

  Background:
    Given a fault proxy stands before the endpoint

  Scenario: a connection that breaks is told by its cause and comes back
    Given I keep a connection open with a ping every 500 ms
    When the fault proxy is told to reset now
    Then the connection drops with reset
    And the connection is back within 3s
    And the fault proxy has ended 1 connection by reset

  Scenario Outline: <fault> is a drop by <cause>
    Given I keep a connection open with a ping every 500 ms
    When the fault proxy is told to <fault>
    Then the connection drops with <cause>
    When the fault proxy is told to pass
    Then the connection is back within 5s

    Examples:
      | fault                                         | cause              |
      | end now                                       | eof                |
      | cut inside frame 1 from the server            | eof                |
      | black-hole now                                | liveness_timeout   |
      | stall pongs from the server                   | liveness_timeout   |
      | corrupt the header of frame 1 from the server | protocol_violation |

  Scenario: a close code is kept
    Given I keep a connection open with "beat" answered by "beat" every 500 ms
    When the fault proxy is told to close now with 1011 "overloaded"
    Then the connection drops with peer_error and the code 1011
    And the connection is back within 3s
    And the connection has 1 heartbeats answered

  Scenario: a dead network is found by the heartbeat, in time
    Given I keep a connection open with a ping every 300 ms
    When the fault proxy is told to drop every frame from the server
    Then the connection drops with liveness_timeout within 3s
    When the fault proxy is told to pass
    Then the connection is back within 5s

  Scenario: a slow network is not a dead one
    Given I keep a connection open with a ping every 500 ms
    When the fault proxy is told to delay every frame from the server by 100 ms
    Then the connection has 2 heartbeats answered
    And the connection has dropped 0 times

  Scenario: two clients, one server that goes away
    Given alice keeps a connection open
    And bob keeps a connection open
    When the fault proxy is told to close now with 1001 "restart"
    Then alice's connection drops with peer_going_away
    And bob's connection drops with peer_going_away
    And alice's connection is back within 3s
    And bob's connection is back within 3s

  Scenario: a planned lifetime is no drop
    Given I keep a connection open and reopen it every 300 ms
    Then the connection has opened 3 times
    And the connection has dropped 0 times

  Scenario: a lost frame is noticed by the scenario itself
    Given the fault proxy is told to drop frame 2 from the server
    When I connect
    And I send "one"
    And I send "two"
    And I send "three"
    Then I receive "one"
    And I receive "three"

  Scenario: a duplicated frame too
    Given the fault proxy is told to duplicate frame 1 from the server
    When I connect
    And I send "once"
    Then I receive "once"
    And I receive "once"

  Scenario: a proxy that cuts silence is found out
    Given the endpoint "/idle?timeout=1s&how=fin"
    When the idle limit is looked for, waiting at most 4s
    Then silence is cut by eof after 900 ms to 2s
    And pings keep the connection alive

  Scenario: a server that does not cut silence
    When the idle limit is looked for, waiting at most 1s
    Then silence is not cut
