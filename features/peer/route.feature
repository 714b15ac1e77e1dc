@peer
Feature: The way to the server
  Proxies, unix sockets, fixed addresses and redirects change the way, not what is seen at its end.

  Scenario: a proxy that is not there is told from a server that is not there
    Given the proxy "http://127.0.0.1:1"
    When I try to connect
    Then the connection fails with proxy

  Scenario: a SOCKS proxy may want credentials
    Given the proxy "socks5://127.0.0.1:1" with the user "ann" and the password "s3cret"
    When I try to connect
    Then the connection fails with proxy

  Scenario: a proxy is not asked for every server
    Given the endpoint "ws://127.0.0.1:1/"
    And the proxy "https://127.0.0.1:2"
    And the proxy is not used for "localhost, 127.0.0.0/8"
    When I try to connect
    Then the connection fails with refused

  Scenario: a proxy that was given is not used after all
    Given the endpoint "ws://127.0.0.1:1/"
    And the proxy "http://127.0.0.1:2"
    And no proxy is used
    When I try to connect
    Then the connection fails with refused

  Scenario: an address is fixed instead of looked up
    Given the endpoint "ws://echo.invalid:1/"
    And the address of "echo.invalid:1" is "127.0.0.1"
    When I try to connect
    Then the connection fails with refused

  Scenario Outline: the family of addresses is chosen
    Given the endpoint "ws://echo.invalid:1/"
    And the address of "echo.invalid:1" is "<address>"
    And only <family> is used
    When I try to connect
    Then the connection fails with <failure>

    Examples:
      | address   | family | failure |
      | 127.0.0.1 | IPv4   | refused |
      | 127.0.0.1 | IPv6   | dns     |
      | ::1       | IPv4   | dns     |

  Scenario: a redirect fails unless it is followed
    Given the endpoint "/redirect"
    When I try to connect
    Then the connection fails with redirect

  Scenario: a redirect is followed
    Given the endpoint "/redirect"
    And at most 1 redirect is followed
    When I connect
    And I send "Hello"
    Then I receive "Hello"
    And the connection was redirected to "/echo"

  Scenario: no more redirects are followed than allowed
    Given the endpoint "/redirect?to=/redirect"
    And at most 1 redirect is followed
    When I try to connect
    Then the connection fails with redirect
