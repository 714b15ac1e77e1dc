@peer
Feature: Cookies
  What a server sets goes back to it with the scenario's later connections, as from a browser.

  Background: the way in sets a cookie and refuses
    Given the endpoint "/refuse/401?header=Set-Cookie:seat%3D17%3BPath%3D/request"
    When I try to connect
    Then the connection is refused with status 401

  Scenario: it is sent where it belongs
    Given the endpoint "/request"
    Then the cookie "seat" was set to "17"
    And the cookie "seat" was set
    When bob connects
    Then bob receives a text containing "Cookie: seat=17"

  Scenario: another path gets nothing
    Given the endpoint "/echo"
    Then the cookie "seat" was not set

  Scenario: our own cookies go with it
    Given the endpoint "/request"
    And the cookie "theme" is "dark"
    When bob connects
    Then bob receives a text containing "Cookie: theme=dark; seat=17"

  Scenario: the next visitor
    Given the endpoint "/request"
    And the cookies are forgotten
    Then the cookie "seat" was not set

  Scenario: without cookies
    Given cookies are not kept
    And the endpoint "/request"
    When bob connects
    Then bob receives a text matching "(?s)(?!.*seat=17).*"
