@peer
Feature: Attempts that do not open
  Whatever the server does instead of the upgrade has a name.

  Scenario: a refusal's status, headers and body are seen
    Given the endpoint "/refuse/503?header=Retry-After:5&body=no%20seats%20left"
    When I try to connect
    Then the connection is refused with status 503
    And the connection is refused with the header "Retry-After": "5"
    And the connection is refused with the body "no seats left"
    And the connection is refused with a body containing "seats"
    And the connection fails with http_status
    And there is no first_message phase

  Scenario Outline: <endpoint> fails with <cause>
    Given the endpoint "<endpoint>"
    And connecting may take at most 2s
    And the upgrade may take at most 500 ms
    When I try to connect
    Then the connection fails with <cause>

    Examples:
      | endpoint                            | cause           |
      | /refuse/400                         | http_status     |
      | /refuse/404                         | http_status     |
      | /refuse/500                         | http_status     |
      | /redirect                           | redirect        |
      | /redirect?to=/elsewhere&status=307  | redirect        |
      | /ok                                 | not_websocket   |
      | /bad-accept                         | not_websocket   |
      | /garbage                            | not_websocket   |
      | /no-upgrade-header                  | not_websocket   |
      | /no-answer                          | upgrade_timeout |
      | /hang-up?how=fin                    | closed_early    |
      | /hang-up?how=reset                  | closed_early    |
      | /echo?blind=never-offered           | subprotocol     |

  Scenario: without the password there is no entry
    Given the endpoint "/auth/basic?user=ann&password=s3cret"
    When I try to connect
    Then the connection is refused with status 401

  Scenario: with the password there is
    Given the endpoint "/auth/basic?user=ann&password=s3cret"
    And the user "ann" with the password "s3cret"
    When I connect
    Then the connection is open

  Scenario: a bearer token opens the door, another one does not
    Given the endpoint "/auth/bearer?token=abc.def"
    And the bearer token "wrong"
    When mallory tries to connect
    Then mallory's connection is refused with status 401

  Scenario: the right bearer token opens the door
    Given the endpoint "/auth/bearer?token=abc.def"
    And the bearer token "abc.def"
    When I connect
    Then the connection is open
