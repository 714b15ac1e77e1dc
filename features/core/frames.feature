Feature: Frames
  The opcode, not the content, decides the data type.

  Scenario: text arrives as text, even if it looks like bytes
    Given I connect
    When I send "00 01"
    Then I receive a text frame with FIN
    And I receive "00 01"

  Scenario: bytes arrive as binary, even if they spell a word
    Given I connect
    When I send the bytes 48 65 6c 6c 6f
    Then I receive a binary frame with FIN
    And I receive the bytes 48 65 6c 6c 6f

  @ping
  Scenario: a ping is answered by a pong with the same data
    Given I connect
    When I ping with "are you there?"
    Then I receive a pong frame with "are you there?"
    When I ping
    Then I receive a pong frame

  @ping
  Scenario: a ping between fragments' messages delays nothing
    Given I connect
    When I send "before"
    And I ping
    And I send "after"
    Then I receive in this order:
      | before |
      | after  |

  @unsolicited-pong
  Scenario: a pong that nobody asked for is ignored
    Given I connect
    When I send an unsolicited pong
    And I send "Hello"
    Then I receive the echo

  @close-frame
  Scenario: the answer to our close is a close frame
    Given I connect
    When I close the connection
    Then I receive a close frame
