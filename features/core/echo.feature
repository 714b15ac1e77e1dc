Feature: Echo
  A message comes back as it was sent.

  Scenario: send Hello and receive echo
    Given I connect
    When I send "Hello"
    Then I receive "Hello"

  Scenario: binary frame round-trips as bytes
    Given I connect
    When I send the bytes 00 01 7f 80 fe ff
    Then I receive the bytes 00 01 7f 80 fe ff

  Scenario: text beyond ASCII comes back unchanged
    Given I connect
    When I send "Grüße, 世界 🌊"
    Then I receive the echo

  Scenario: a text of several lines comes back unchanged
    Given I connect
    When I send the text:
      """
      {
        "type": "hello"
      }
      """
    Then I receive the text:
      """
      {
        "type": "hello"
      }
      """

  Scenario: an empty text is sent only when asked, and comes back empty
    Given I connect
    Then I sent no message
    And I receive nothing for 200 ms
    When I send an empty text
    Then I sent these frames:
      | text | FIN | 0 |
    And I receive an empty text

  Scenario: an empty binary message comes back empty
    Given I connect
    When I send an empty binary message
    Then I receive an empty binary message

  @large
  Scenario Outline: a <what> of <size> comes back whole
    Given I connect
    When I send a <what> of <size>
    Then I receive the echo

    Examples:
      | what           | size        |
      | text           | 125 bytes   |
      | text           | 126 bytes   |
      | binary message | 65535 bytes |
      | binary message | 65536 bytes |
      | text           | 1 MiB       |
      | binary message | 1 MiB       |

  @large
  Scenario: the size alone can be asked for
    Given I connect
    When I send a text of 64 KiB
    And I send a binary message of 64 KiB
    Then I receive a text of 64 KiB
    And I receive a binary message of 64 KiB

  Scenario: many messages come back in the order in which they were sent
    Given I connect
    When I send 100 texts
    Then I receive every echo in order

  Scenario: text and binary keep their order and their type
    Given I connect
    When I send "one"
    And I send the bytes 02 02
    And I send "three"
    Then I receive in this order:
      | text   | one   |
      | binary | 02 02 |
      | text   | three |

  Scenario: echoes are fast
    Given I connect
    When I send "Hello"
    Then I receive the echo within 2s
    And each of 50 echoes returns within 2s
    And the echo phase takes at most 2s

  @fragments
  Scenario: a message in fragments comes back whole
    Given I connect
    When I send "Hello, Grüße" in 4 fragments
    Then I receive the echo
    When I send the bytes 00 01 02 03 04 in 2 fragments
    Then I receive the echo

  @fragments
  Scenario: an empty fragment changes nothing
    Given I connect
    When I send these fragments of one text:
      | Hel |
      |     |
      | lo  |
    Then I sent these frames:
      | text         | no FIN | 3 |
      | continuation | no FIN | 0 |
      | continuation | FIN    | 2 |
    And I receive the echo of "Hello"
