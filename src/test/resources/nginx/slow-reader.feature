Feature: A proxy that cuts slow readers off
  nginx, with a send_timeout of 500 ms: who takes nothing for so long, while there is something to
  send, is cut. The kernels hold some 3 MB of a connection before that begins.

  Background:
    Given further messages don't matter
    And I connect

  Scenario: who stops reading is dropped, in the middle of a frame
    When I stop reading
    And I send a binary message of 2 MiB
    And I send a binary message of 2 MiB
    And I send a binary message of 2 MiB
    And I receive nothing for 1200 ms
    And I read again
    Then the connection ends with eof
    And the connection did not end cleanly

  Scenario: who reads slowly, but reads, is not
    When I read at most 8 MiB a second
    And I send a binary message of 2 MiB
    And I send a binary message of 2 MiB
    And I send a binary message of 2 MiB
    Then I receive nothing for 200 ms
    And I receive every echo in order
    When I close the connection
    Then the connection ended cleanly
