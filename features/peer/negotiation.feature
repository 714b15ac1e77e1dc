@peer
Feature: Negotiation
  What is offered, and what is chosen.

  Scenario: the server's choice among those offered
    Given the endpoint "/echo?subprotocol=chat.v1"
    And the subprotocols "chat.v2, chat.v1" are offered
    When I connect
    Then the connection uses the subprotocol "chat.v1"

  Scenario: none of those offered suits the server
    Given the endpoint "/echo?subprotocol=chat.v9"
    And the subprotocol "chat.v1" is offered
    When I connect
    Then the connection uses no subprotocol

  Scenario: a peer that speaks no compression
    Given the endpoint "/echo?deflate=off"
    And compression is offered
    When I connect
    Then the connection uses no extension
    When I send "Hello"
    Then I receive the echo

  Scenario: the endpoint can be named as the run's target
    Given the endpoint is the target
    When I connect
    Then the connection is open

  Scenario: an address needs no look-up
    When I connect
    Then there is no dns phase
