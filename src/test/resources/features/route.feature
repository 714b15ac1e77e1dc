Feature: Real ways to the server

  Scenario: a real proxy opens a tunnel
    Given a tinyproxy before the endpoint
    When I connect
    And I send "Hello"
    Then I receive "Hello"

  Scenario: a real SOCKS proxy opens a tunnel
    Given a microsocks before the endpoint
    When I connect
    And I send "Hello"
    Then I receive "Hello"

  Scenario: a real proxy is asked over TLS
    Given a haproxy with TLS before a tinyproxy before the endpoint
    When I connect
    And I send "Hello"
    Then I receive "Hello"

  Scenario: a unix socket is dialled instead of the host
    Given an nginx on the unix socket "target/route/echo.sock"
    And the endpoint "ws://echo.invalid/echo"
    And the unix socket "target/route/echo.sock"
    When I connect
    And I send "Hello"
    Then I receive "Hello"
