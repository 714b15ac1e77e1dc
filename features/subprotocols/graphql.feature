@subprotocol
Feature: GraphQL over WebSocket
  Queries, mutations and subscriptions by graphql-transport-ws.

  Background:
    Given the subprotocol "graphql-transport-ws" is offered
    And I connect

  Scenario: a query has one result
    When I open a GraphQL session
    And I run the GraphQL operation:
      """
      query {
        user(id: 7) { id name }
      }
      """
    Then I receive the GraphQL data '{"user": {"name": "ann"}}'
    And I see the GraphQL operation complete

  Scenario: a mutation takes variables
    When I open a GraphQL session with '{"token": "s3cret"}'
    And I run the GraphQL operation "mutation($n: String!) { rename(id: 7, name: $n) { name } }" with the variables '{"n": "bob"}'
    Then I receive the GraphQL data '{"rename": {"name": "bob"}}'

  Scenario: a subscription has a result each time, until it is complete
    When I open a GraphQL session
    And I run the GraphQL operation "subscription { countdown(from: 3) }"
    Then I receive the GraphQL data '{"countdown": 3}'
    And I receive the GraphQL data '{"countdown": 2}'
    And I receive the GraphQL data '{"countdown": 1}'
    And I see the GraphQL operation complete

  Scenario: results of two operations are told apart
    When I open a GraphQL session
    And I run the GraphQL operation "subscription { countdown(from: 1) }"
    And I run the GraphQL operation "{ user(id: 7) { name } }"
    Then I receive the GraphQL data '{"user": {"name": "ann"}}' of operation 2
    And I receive the GraphQL data '{"countdown": 1}' of operation 1

  Scenario: we end a subscription
    When I open a GraphQL session
    And I run the GraphQL operation "subscription { clock }"
    Then I receive the GraphQL data '{"clock": 1}'
    When I cancel the GraphQL operation
    # What was under way may still come.
    And further messages don't matter
    Then the connection answers a GraphQL ping within 2 s

  Scenario: what cannot be executed is an error
    When I open a GraphQL session
    And I run the GraphQL operation "{ nosuch }"
    Then I receive a GraphQL error containing "Cannot query field"

  Scenario: what fails while it is executed is an error beside the data
    When I open a GraphQL session
    And I run the GraphQL operation "{ broken }"
    Then I receive a GraphQL error containing "out of order"

  Scenario: a session that is refused is closed with 4403
    When I try to open a GraphQL session with '{"token": "wrong"}'
    Then the connection is closed by the peer with 4403 and the reason "Forbidden"

  Scenario: an operation before the session is closed with 4401
    When I run the GraphQL operation "{ user(id: 7) { name } }"
    Then the connection is closed by the peer with 4401 and the reason "Unauthorized"

  Scenario: results come in time
    When I open a GraphQL session
    And I run the GraphQL operation "{ user(id: 7) { name } }"
    Then I receive GraphQL data within 2 s
    And I receive no GraphQL result for 50 ms

  Scenario: the server's pings are answered while no step waits for anything of GraphQL
    When I open a GraphQL session with '{"pings": true}'
    Then the connection stays open for 1 s
    When I run the GraphQL operation "{ user(id: 7) { name } }"
    Then I receive the GraphQL data '{"user": {"name": "ann"}}'
