@peer
Feature: Protocol violations
  A peer that breaks RFC 6455 is found out.

  Scenario Outline: <kind>
    Given the endpoint "/invalid/<kind>?after=1"
    And I connect
    When I send "go"
    Then I receive the echo
    And the connection ends with protocol_violation

    Examples:
      | kind                     |
      | reserved-bits            |
      | reserved-opcode          |
      | reserved-control-opcode  |
      | bad-utf8                 |
      | masked                   |
      | fragmented-control       |
      | long-control             |
      | non-minimal-length       |
      | lone-continuation        |
      | interleaved              |
      | close-one-byte           |
      | close-bad-code           |

  Scenario: a violation right behind the answer to the upgrade
    Given the endpoint "/invalid/non-minimal-length"
    When I connect
    Then the connection ends with protocol_violation
