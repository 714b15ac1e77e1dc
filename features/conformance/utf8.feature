Feature: RFC 6455 UTF-8

  Background:
    Given every wait ends after 1s
    And closing may take at most 500 ms

  Scenario Outline: §8.1 a text that is not UTF-8: <what>
    Given I connect
    When I send the raw frame <frame>
    Then the peer fails the connection with 1007

    Examples:
      | what                          | frame             |
      | a lone continuation byte      | 81 01 80          |
      | the byte ff                   | 81 01 ff          |
      | a character cut short         | 81 02 e2 82       |
      | an overlong slash             | 81 02 c0 af       |
      | an overlong NUL               | 81 03 e0 80 80    |
      | a high surrogate              | 81 03 ed a0 80    |
      | a low surrogate               | 81 03 ed bf bf    |
      | beyond the last code point    | 81 04 f4 90 80 80 |

  Scenario: §8.1 a text that is not UTF-8 in its second fragment
    Given I connect
    When I send the raw frame 01 02 48 c3
    And I send the raw frame 80 01 28
    Then the peer fails the connection with 1007

  Scenario Outline: §8.1 a text at the edge of UTF-8: <what>
    Given I connect
    When I send the raw frame <frame>
    Then I receive a text of <size>

    Examples:
      | what                     | frame             | size    |
      | NUL                      | 81 01 00          | 1 byte  |
      | before the surrogates    | 81 03 ed 9f bf    | 3 bytes |
      | after the surrogates     | 81 03 ee 80 80    | 3 bytes |
      | a noncharacter           | 81 03 ef bf bf    | 3 bytes |
      | the last code point      | 81 04 f4 8f bf bf | 4 bytes |
