Feature: fails on purpose
  Scenario: wrong-order
    Given the endpoint "/flood?count=2&size=3"
    And I connect
    When I ping
    And I receive a pong frame
    Then I receive "2 x"
