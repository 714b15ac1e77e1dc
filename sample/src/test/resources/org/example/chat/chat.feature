Feature: chat

  Scenario: who joins is greeted
    Given the bearer token "letmein"
    And alice connects
    When alice joins the chat
    Then alice receives "welcome, alice" within 2s

  Scenario: nobody gets in without a token
    When I try to connect
    Then the connection is refused with status 401

  Scenario: the server says goodbye
    Given the bearer token "letmein"
    And I connect
    When I send "leave"
    Then the connection is closed by the peer with 4000 and the reason "see you"
