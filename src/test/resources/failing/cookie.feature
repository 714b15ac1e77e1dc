Feature: fails on purpose
  Scenario: cookie
    Given the endpoint "/refuse/401?header=Set-Cookie:seat%3D17"
    When I try to connect
    Then the connection is refused with status 401
    And the cookie "seat" was set to "18"
