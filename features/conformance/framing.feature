Feature: RFC 6455 framing
  What a server does with frames that the RFC forbids, and that it takes all it allows. The peer
  must fail the connection (§7.1.7): a close frame with the right code, then the end of TCP.

  Background:
    Given every wait ends after 1s
    And closing may take at most 500 ms

  Scenario Outline: §5.2 reserved bits: <what>
    Given I connect
    When I send the raw frame <frame>
    Then the peer fails the connection with 1002

    Examples:
      | what            | frame                |
      | RSV1 on a text  | c1 05 48 65 6c 6c 6f |
      | RSV2 on a text  | a1 05 48 65 6c 6c 6f |
      | RSV3 on a text  | 91 05 48 65 6c 6c 6f |
      | all on a binary | f2 02 00 01          |
      | RSV1 on a ping  | c9 00                |
      | RSV3 on a close | 98 02 03 e8          |

  Scenario Outline: §5.2 reserved opcode <opcode>
    Given I connect
    When I send the raw frame <frame>
    Then the peer fails the connection with 1002

    Examples:
      | opcode | frame    |
      | 3      | 83 00    |
      | 4      | 84 01 61 |
      | 7      | 87 00    |
      | b      | 8b 00    |
      | c      | 8c 01 61 |
      | f      | 8f 00    |

  Scenario: §5.1 a frame that is not masked
    Given I connect
    When I send the raw bytes 81 05 48 65 6c 6c 6f
    Then the peer fails the connection with 1002

  Scenario: §5.3 a masking key of zeros is a key
    Given I connect
    When I send the raw bytes 81 85 00 00 00 00 48 65 6c 6c 6f
    Then I receive "Hello"

  Scenario: §5.2 a length of eight bytes with its highest bit set
    Given I connect
    When I send the raw frame 82 7f 80 00 00 00 00 00 00 01 00
    Then the peer fails the connection

  Scenario Outline: §5.2 a length in more bytes than it needs: <length>
    Given I connect
    When I send the raw frame <frame>
    Then the peer fails the connection with 1002

    Examples:
      | length             | frame                                                                                                                                                                                                                                                                                                                                                                                                                   |
      | 0 in two bytes     | 82 7e 00 00                                                                                                                                                                                                                                                                                                                                                                                                             |
      | 5 in two bytes     | 81 7e 00 05 48 65 6c 6c 6f                                                                                                                                                                                                                                                                                                                                                                                              |
      | 5 in eight bytes   | 81 7f 00 00 00 00 00 00 00 05 48 65 6c 6c 6f                                                                                                                                                                                                                                                                                                                                                                            |
      | 126 in eight bytes | 81 7f 00 00 00 00 00 00 00 7e 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 |

  Scenario: §10.4 a length that nobody can keep in memory
    Given I connect
    When I send the raw frame 82 7f 40 00 00 00 00 00 00 00 00
    Then the peer fails the connection

  Scenario Outline: §5.2 a binary message of <size>
    Given I connect
    When I send a binary message of <size>
    Then I receive the echo

    Examples:
      | size        |
      | 0 bytes     |
      | 125 bytes   |
      | 126 bytes   |
      | 127 bytes   |
      | 128 bytes   |
      | 65535 bytes |
      | 65536 bytes |
