Feature: RFC 6455 closing

  Background:
    Given every wait ends after 1s
    And closing may take at most 500 ms

  Scenario Outline: §7.4 the close code <code> is answered with itself
    Given I connect
    When I close the connection with <code> and the reason "good-bye"
    Then the peer answered the close with <code>

    Examples:
      | code |
      | 1000 |
      | 1001 |
      | 1003 |
      | 1007 |
      | 1011 |
      | 3000 |
      | 3999 |
      | 4000 |
      | 4999 |

  Scenario: §5.5.1 a close frame of no bytes is answered
    Given I connect
    When I send the raw frame 88 00
    Then I receive a close frame
    And the connection ended cleanly

  Scenario: §5.5.1 a close reason of 123 bytes
    Given I connect
    When I close the connection with 1000 and the reason "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    Then the peer answered the close with 1000

  Scenario Outline: §7.4 the close code <code> must not be sent
    Given I connect
    When I send the raw frame <frame>
    Then the peer fails the connection with 1002

    Examples:
      | code  | frame       |
      | 0     | 88 02 00 00 |
      | 999   | 88 02 03 e7 |
      | 1004  | 88 02 03 ec |
      | 1005  | 88 02 03 ed |
      | 1006  | 88 02 03 ee |
      | 1015  | 88 02 03 f7 |
      | 1016  | 88 02 03 f8 |
      | 2999  | 88 02 0b b7 |
      | 5000  | 88 02 13 88 |
      | 65535 | 88 02 ff ff |

  Scenario: §5.5.1 a close frame of one byte
    Given I connect
    When I send the raw frame 88 01 03
    Then the peer fails the connection with 1002

  Scenario: §5.5.1 a close reason that is not UTF-8
    Given I connect
    When I send the raw frame 88 04 03 e8 c0 af
    Then the peer fails the connection

  Scenario: §5.5.1 a message after the close frame is not answered
    Given I connect
    When I send the raw frame 88 02 03 e8
    And I send the raw frame 81 05 48 65 6c 6c 6f
    Then the connection is closed by the peer with 1000
    And I receive nothing for 50 ms
