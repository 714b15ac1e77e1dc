@permessage-deflate
Feature: RFC 7692 permessage-deflate
  For servers that agree to compress; leave the feature out with "not @permessage-deflate".

  Background:
    Given every wait ends after 1s
    And closing may take at most 500 ms
    And compression is offered
    And I connect

  Scenario Outline: a text of <size> comes back whole
    When I send a text of <size>
    Then I receive the echo

    Examples:
      | size     |
      | 16 bytes |
      | 64 KiB   |

  Scenario: §7.2.1 a compressed message as the RFC prints it
    When I send the raw frame c1 07 f2 48 cd c9 c9 07 00
    Then I receive "Hello"

  Scenario: §7.2.3.1 a compressed message in two fragments
    When I send the raw frame 41 03 f2 48 cd
    And I send the raw frame 80 04 c9 c9 07 00
    Then I receive "Hello"

  Scenario: §7.2.3.3 a block that is not compressed
    When I send the raw frame c1 0b 00 05 00 fa ff 48 65 6c 6c 6f 00
    Then I receive "Hello"

  Scenario: §6 a message that is not compressed
    When I send the raw frame 81 05 48 65 6c 6c 6f
    Then I receive "Hello"

  Scenario: §6.1 RSV1 on a continuation
    When I send the raw frame 41 03 f2 48 cd
    And I send the raw frame c0 04 c9 c9 07 00
    Then the peer fails the connection with 1002

  Scenario: §6.1 RSV1 on a ping
    When I send the raw frame c9 00
    Then the peer fails the connection with 1002

  Scenario: §6.2 data that does not inflate
    When I send the raw frame c1 04 ff ff ff ff
    Then the peer fails the connection
