@peer
Feature: Limits
  A peer that sends too much is stopped.

  Scenario: a message over the limit ends the connection
    Given a message may have at most 1 KiB
    And I connect
    When I send a text of 2 KiB
    Then the connection ends with local_error

  Scenario: a message at the limit does not
    Given a message may have at most 1 KiB
    And I connect
    When I send a text of 1 KiB
    Then I receive the echo

  Scenario: a frame over the limit ends the connection
    Given a frame may have at most 1 KiB
    And the endpoint "/flood?count=1&size=2048"
    When I connect
    Then the connection ends with local_error

  Scenario: a message of many small frames may be larger than a frame
    Given the endpoint "/echo?fragment=500"
    And a frame may have at most 1 KiB
    And I connect
    When I send a text of 1 KiB
    Then I receive the echo
