package dev.echosounder.subprotocol.graphql;

import dev.echosounder.scenario.Phrase;
import dev.echosounder.subprotocol.JsonText;
import dev.echosounder.subprotocol.graphql.GraphQlMessage.Errors;
import dev.echosounder.subprotocol.graphql.GraphQlMessage.Next;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** GraphQL over a connection that offers the subprotocol {@code graphql-transport-ws}. */
public final class GraphQlSteps {
  @When("{who} open(s) a GraphQL session")
  @Phrase(
      means = "Sends connection_init; connection_ack comes.",
      example = "I open a GraphQL session")
  public void open(String who) throws InterruptedException {
    GraphQlSession session = GraphQlSession.of(who);
    session.init(null);
    session.acknowledged();
  }

  @When("{who} open(s) a GraphQL session with {string}")
  @Phrase(
      means = "Sends connection_init with this JSON as its payload; connection_ack comes.",
      example = "I open a GraphQL session with '{\"token\": \"s3cret\"}'")
  public void openWith(String who, String payload) throws InterruptedException {
    GraphQlSession session = GraphQlSession.of(who);
    session.init(JsonText.parse(payload));
    session.acknowledged();
  }

  @When("{who} tries/try to open a GraphQL session with {string}")
  @Phrase(
      means = "Sends connection_init with this payload; later steps say what is expected.",
      example = "I try to open a GraphQL session with '{\"token\": \"wrong\"}'")
  public void tryToOpen(String who, String payload) throws InterruptedException {
    GraphQlSession.of(who).init(JsonText.parse(payload));
  }

  @When("{who} run(s) the GraphQL operation:")
  @Phrase(
      means = "Starts a query, mutation or subscription. Operations are numbered from 1.",
      example = "I run the GraphQL operation:\n\"\"\"\nquery { user(id: 7) { name } }\n\"\"\"")
  public void run(String who, String document) throws InterruptedException {
    GraphQlSession.of(who).run(document, null);
  }

  @When("{who} run(s) the GraphQL operation {string}")
  @Phrase(
      means = "Starts a query, mutation or subscription.",
      example = "I run the GraphQL operation \"{ user(id: 7) { name } }\"")
  public void runLine(String who, String document) throws InterruptedException {
    run(who, document);
  }

  @When("{who} run(s) the GraphQL operation {string} with the variables {string}")
  @Phrase(
      means = "Starts a query, mutation or subscription with variables, a JSON object.",
      example =
          "I run the GraphQL operation \"query($id: Int!) { user(id: $id) { name } }\""
              + " with the variables '{\"id\": 7}'")
  public void runWith(String who, String document, String variables) throws InterruptedException {
    GraphQlSession.of(who).run(document, JsonText.parseObject(variables));
  }

  @Then("{who} receive(s) the GraphQL data {string}")
  @Phrase(
      means = "The newest operation's next result has this data, perhaps more, and no errors.",
      example = "I receive the GraphQL data '{\"user\": {\"name\": \"ann\"}}'")
  public void data(String who, String json) throws InterruptedException {
    dataOf(who, json, GraphQlSession.of(who).newest());
  }

  @Then("{who} receive(s) the GraphQL data {string} of operation {int}")
  @Phrase(
      means = "That operation's next result has this data, perhaps more, and no errors.",
      example = "I receive the GraphQL data '{\"countdown\": 3}' of operation 1")
  public void dataOf(String who, String json, int operation) throws InterruptedException {
    GraphQlSession session = GraphQlSession.of(who);
    String expected = "the data %s of operation %d".formatted(json, operation);
    GraphQlMessage came = session.result(operation, expected);
    if (!(came instanceof Next next) || next.payload().has("errors")) {
      throw session.wrong(expected, came);
    }
    JsonNode seen = next.payload().path("data");
    String difference =
        seen.isMissingNode()
            ? "a result without data"
            : JsonText.difference(JsonText.parse(json), seen);
    if (difference != null) {
      throw session.wrong(expected, came, difference);
    }
  }

  @Then("{who} receive(s) GraphQL data within {duration}")
  @Phrase(
      means = "The newest operation has a result without errors, in time from its start.",
      example = "I receive GraphQL data within 200 ms")
  public void dataWithin(String who, Duration limit) throws InterruptedException {
    GraphQlSession session = GraphQlSession.of(who);
    GraphQlMessage came = session.result(limit, "GraphQL data");
    if (!(came instanceof Next next) || next.payload().has("errors")) {
      throw session.wrong("GraphQL data", came);
    }
  }

  @Then("{who} receive(s) a GraphQL error containing {string}")
  @Phrase(
      means = "The newest operation fails, or its next result has errors; one has this part.",
      example = "I receive a GraphQL error containing \"Cannot query field\"")
  public void error(String who, String part) throws InterruptedException {
    GraphQlSession session = GraphQlSession.of(who);
    String expected = "a GraphQL error containing \"" + part + "\"";
    GraphQlMessage came = session.result(session.newest(), expected);
    JsonNode errors =
        came instanceof Errors failed ? failed.payload() : ((Next) came).payload().path("errors");
    boolean found = false;
    for (JsonNode error : errors) {
      found |= error.path("message").asString("").contains(part);
    }
    if (!found) {
      throw session.wrong(expected, came);
    }
  }

  @Then("{who} see(s) the GraphQL operation complete")
  @Phrase(
      means = "The server has ended the newest operation, or does so now.",
      example = "I see the GraphQL operation complete")
  public void complete(String who) throws InterruptedException {
    GraphQlSession session = GraphQlSession.of(who);
    session.complete(session.newest());
  }

  @When("{who} cancel(s) the GraphQL operation")
  @Phrase(
      means = "Sends complete for the newest operation.",
      example = "I cancel the GraphQL operation")
  public void cancel(String who) throws InterruptedException {
    GraphQlSession session = GraphQlSession.of(who);
    session.cancel(session.newest());
  }

  @Then("{who} receive(s) no GraphQL result for {duration}")
  @Phrase(
      means = "No operation has a result; waits the whole time.",
      example = "I receive no GraphQL result for 200 ms")
  public void noResult(String who, Duration time) throws InterruptedException {
    GraphQlSession.of(who).noResult(time);
  }

  @Then("{connection} answers a GraphQL ping within {duration}")
  @Phrase(
      means = "Sends the subprotocol's own ping; pong comes in time.",
      example = "the connection answers a GraphQL ping within 200 ms")
  public void ping(String who, Duration limit) throws InterruptedException {
    GraphQlSession.of(who).ping(limit);
  }
}
