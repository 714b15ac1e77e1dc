@peer
Feature: The upgrade request
  The server sees exactly what the scenario asked for.

  Background:
    Given the endpoint "/request"

  Scenario: headers, cookies, origin and user agent
    Given these headers:
      | X-Tenant | blue |
    And the header "X-Trace" is "17"
    And the cookie "session" is "abc"
    And the cookie "theme" is "dark"
    And the origin is "https://app.example"
    And the user agent is "Acceptance/1.0"
    When I connect
    Then I receive a text matching "GET /request HTTP/1.1\n.*X-Tenant: blue\n.*"

  Scenario Outline: the request carries <line>
    Given <option>
    When I connect
    Then I receive a text containing "<line>"

    Examples:
      | option                                     | line                                |
      | the header "X-Trace" is "17"               | X-Trace: 17                         |
      | the cookie "session" is "abc"              | Cookie: session=abc                 |
      | the origin is "https://app.example"        | Origin: https://app.example         |
      | the user agent is "Acceptance/1.0"         | User-Agent: Acceptance/1.0          |
      | the subprotocols "chat.v2, chat.v1" are offered | chat.v2                        |
      | the subprotocol "chat.v1" is offered       | Sec-WebSocket-Protocol: chat.v1     |
      | compression is offered                     | permessage-deflate                  |
      | the bearer token "abc.def"                 | Authorization: Bearer abc.def       |
      | the user "ann" with the password "s3cret"  | Authorization: Basic YW5uOnMzY3JldA== |

  Scenario: by default we say who we are
    When I connect
    Then I receive a text containing "User-Agent: "

  Scenario: what follows the request is an echo
    When I connect
    And I send "ready"
    Then I eventually receive "ready"
