Feature: RFC 6455 fragmentation and control frames

  Background:
    Given every wait ends after 1s
    And closing may take at most 500 ms

  Scenario Outline: §5.4 <what>
    Given I connect
    When I send the raw frame <first>
    And I send the raw frame <second>
    Then the peer fails the connection with 1002

    Examples:
      | what                                | first    | second   |
      | a text within a fragmented text     | 01 01 61 | 81 01 62 |
      | a binary within a fragmented text   | 01 01 61 | 82 01 62 |
      | a new fragmented text within an old | 01 01 61 | 01 01 62 |

  Scenario: §5.4 a continuation after a whole text
    Given I connect
    When I send "whole"
    Then I receive the echo
    When I send the raw frame 80 01 62
    Then the peer fails the connection with 1002

  Scenario Outline: §5.4 a continuation of nothing, <fin>
    Given I connect
    When I send the raw frame <frame>
    Then the peer fails the connection with 1002

    Examples:
      | fin            | frame    |
      | with FIN       | 80 01 61 |
      | without FIN    | 00 01 61 |
      | empty with FIN | 80 00    |

  Scenario: §5.4 a ping between two fragments
    Given I connect
    When I send the raw frame 01 03 48 65 6c
    And I send the raw frame 89 02 68 69
    Then I receive a pong frame with "hi"
    When I send the raw frame 80 02 6c 6f
    Then I receive "Hello"

  Scenario: §5.4 empty fragments
    Given I connect
    When I send these fragments of one text:
      |       |
      | Hello |
      |       |
    Then I receive "Hello"

  Scenario: §5.4 a text cut between the bytes of a character
    Given I connect
    When I send "Grüße 🌊" in 12 fragments
    Then I receive the echo

  Scenario Outline: §5.5 a <kind> in fragments
    Given I connect
    When I send the raw frame <frame>
    Then the peer fails the connection with 1002

    Examples:
      | kind  | frame       |
      | ping  | 09 01 61    |
      | pong  | 0a 01 61    |
      | close | 08 02 03 e8 |

  Scenario Outline: §5.5 a <kind> of over 125 bytes
    Given I connect
    When I send the raw frame <frame>
    Then the peer fails the connection with 1002

    Examples:
      | kind  | frame                |
      | ping  | 89 7e 00 7e 00 00 00 |
      | pong  | 8a 7e 00 7e 00 00 00 |
      | close | 88 7e 00 7e 03 e8 61 |

  Scenario: §5.5.2 pings are answered with their data
    Given I connect
    When I ping
    Then I receive a pong frame
    When I ping with "are you there?"
    Then I receive a pong frame with "are you there?"

  Scenario: §5.5.3 a pong that nobody asked for
    Given I connect
    When I send an unsolicited pong
    And I send "Hello"
    Then I receive the echo
