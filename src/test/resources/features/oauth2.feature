@peer
Feature: Access tokens
  A token is fetched before the first connection, and shared by those of the scenario.

  Scenario Outline: client credentials by <method>
    Given a token server whose echo wants a token
    And these OAuth2 client credentials:
      | token url | /token       |
      | client    | <method>     |
      | secret    | s3cret&% +   |
      | method    | <method>     |
      | scopes    | chat         |
    When I connect
    And bob connects
    And I send "Hello"
    Then I receive the echo
    And the token server was asked once

    Examples:
      | method |
      | basic  |
      | post   |

  Scenario: no token, no connection
    Given a token server whose echo wants a token
    And these OAuth2 client credentials:
      | token url | /token    |
      | client    | basic     |
      | secret    | wrong     |
    When I try to connect
    Then the connection fails with local_error

  Scenario: without credentials
    Given a token server whose echo wants a token
    When I try to connect
    Then the connection is refused with status 401
