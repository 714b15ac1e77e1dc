@peer
Feature: Endings
  Every connection that ends has exactly one cause.

  Scenario Outline: the peer closes with <code>
    Given the endpoint "/close/<code>?reason=bye"
    When I connect
    Then the connection is closed by the peer with <code> and the reason "bye"
    And the connection ended cleanly
    And the connection ends with <cause>

    Examples:
      | code | cause            |
      | 1000 | peer_normal      |
      | 1001 | peer_going_away  |
      | 1002 | peer_error       |
      | 1003 | peer_error       |
      | 1007 | peer_error       |
      | 1008 | peer_error       |
      | 1009 | peer_error       |
      | 1011 | peer_error       |
      | 1012 | peer_error       |
      | 1013 | peer_error       |
      | 3000 | peer_application |
      | 4001 | peer_application |
      | 4999 | peer_application |

  Scenario: the peer closes without a status code
    Given the endpoint "/close/1005"
    When I connect
    Then the connection is closed by the peer with 1005
    And the connection ends with peer_no_status

  Scenario: the name of a code says the same as its number
    Given the endpoint "/close/1001"
    When I connect
    Then the connection is closed by the peer with "going away"

  Scenario: the peer closes after a message
    Given the endpoint "/close/4001?reason=bye&after=1"
    And I connect
    When I send "last words"
    Then I receive the echo
    And the connection is closed by the peer with 4001 and the reason "bye"

  Scenario Outline: cut without a close frame: <endpoint>
    Given the endpoint "<endpoint>"
    And I connect
    When I send "last words"
    Then I receive the echo
    And the connection ends with <cause>
    And the connection did not end cleanly

    Examples:
      | endpoint               | cause |
      | /fin?after=1           | eof   |
      | /reset?after=1         | reset |
      | /cut?after=1&how=fin   | eof   |
      | /cut?after=1&how=reset | reset |

  Scenario: two close frames in a row: the first one counts
    Given the endpoint "/two-closes?code=1000&then=1001"
    And I connect
    Then the connection is closed by the peer with 1000

  Scenario: the close frame counts, though FIN comes late
    Given the endpoint "/late-fin?code=1009&after=1&wait=1s"
    And I connect
    When I send "too much"
    Then I receive the echo
    And the connection is closed by the peer with "message too big"

  Scenario: our close is never answered
    Given the endpoint "/no-close-answer"
    And closing may take at most 300 ms
    And I connect
    When I close the connection
    Then the connection ends with closed_by_us
    And the connection did not end cleanly

  Scenario: our close is answered, but TCP stays open
    Given the endpoint "/close-open"
    And closing may take at most 300 ms
    And I connect
    When I close the connection
    Then the connection ends with closed_by_us
    And the peer answered the close with 1000

  Scenario: our code and reason reach the peer, which answers with the code
    Given I connect
    When I close the connection with 4002 and the reason "enough"
    Then the peer answered the close with 4002

  Scenario Outline: a silent connection is cut: <how>
    Given the endpoint "/idle?timeout=300ms&how=<how>"
    And I connect
    Then the connection ends with <cause> within 3s

    Examples:
      | how   | cause           |
      | fin   | eof             |
      | reset | reset           |
      | 1001  | peer_going_away |

  Scenario: a connection that talks is not cut
    Given the endpoint "/idle?timeout=1s"
    And I connect
    Then each of 5 echoes returns within 1s
    And the connection stays open for 300 ms
    When I send "Hello"
    Then I receive the echo

  Scenario: drops can be declared not to matter
    Given drops don't matter
    And the endpoint "/fin?after=0"
    When I try to connect
    Then I receive nothing for 100 ms
