@peer
Feature: Back-pressure and half-close

  Scenario: what was not read is not lost
    Given I connect
    When I stop reading
    And I send a text of 64 KiB
    Then I receive nothing for 100 ms
    When I read again
    Then I receive the echo

  Scenario: a flood waits in the server until we read
    Given the endpoint "/flood?count=200&size=1000"
    And further messages don't matter
    And I connect
    When I stop reading
    And I read again
    Then I receive a text of 1000 bytes

  Scenario: a client that reads so many bytes a second gets its echo late
    Given I connect
    When I read at most 64 KiB a second
    And I send a text of 32 KiB
    Then I receive nothing for 300 ms
    And I receive the echo
    When I read at most 1 KiB a second
    And I send a text of 32 KiB
    And I receive nothing for 100 ms
    And I read again
    Then I receive the echo within 2s

  Scenario: a client that reads nothing is dropped by a peer that does not wait
    Given the endpoint "/impatient?within=300ms"
    And I connect
    When I send "Hello"
    Then I receive the echo
    When I stop reading
    And I send a text of 8 MiB
    And I receive nothing for 1s
    And I read again
    Then the connection ends with reset

  Scenario: a client that reads slowly is closed like any other
    Given I connect
    When I stop reading
    And I close the connection
    Then the connection ended cleanly

  Scenario: a peer that does not read stalls our writes
    Given the endpoint "/half-open?after=1"
    And a frame may have at most 64 MiB
    And a message may have at most 64 MiB
    And closing may take at most 100 ms
    And I connect
    When I send "freeze"
    And I receive the echo
    Then a binary message of 32 MiB from me stalls for 300 ms

  Scenario: FIN without a close frame ends the connection
    Given I connect
    When I send FIN
    Then the connection ends with eof

  Scenario: FIN after our close frame does not keep the answer from us
    Given I connect
    When I send the raw frame 88 02 03 e8
    And I send FIN
    Then the connection is closed by the peer with 1000
