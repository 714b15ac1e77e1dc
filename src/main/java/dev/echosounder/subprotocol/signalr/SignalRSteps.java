package dev.echosounder.subprotocol.signalr;

import dev.echosounder.scenario.Phrase;
import dev.echosounder.subprotocol.JsonText;
import dev.echosounder.subprotocol.signalr.HubMessage.Completion;
import dev.echosounder.subprotocol.signalr.HubMessage.Invocation;
import dev.echosounder.subprotocol.signalr.HubMessage.Item;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** A hub of ASP.NET Core SignalR, its protocol as JSON. */
public final class SignalRSteps {
  @Given("{who} promise(s) a SignalR ping every {duration}")
  @Phrase(
      means =
          "Once the session is open, pings by itself before it has been silent for so long, whether"
              + " a step waits or not; 15 s unless told. A hub drops who is silent for longer than"
              + " its client timeout, 30 s by default.",
      example = "I promise a SignalR ping every 5 s")
  public void promise(String who, Duration longestSilence) {
    SignalRSession.of(who).pingEvery(longestSilence);
  }

  @When("{who} open(s) a SignalR session")
  @Phrase(
      means = "Shakes hands for the json protocol, version 1; the hub accepts.",
      example = "I open a SignalR session")
  public void open(String who) throws InterruptedException {
    SignalRSession session = SignalRSession.of(who);
    HubMessage.Handshake answer = session.handshake("json");
    if (answer.error() != null) {
      throw session.wrong("an accepted handshake", answer);
    }
  }

  @Then("{who} am/is refused a SignalR session for the protocol {string}")
  @Phrase(
      means = "Shakes hands for this protocol; the hub answers by an error.",
      example = "I am refused a SignalR session for the protocol \"xml\"")
  public void refused(String who, String protocol) throws InterruptedException {
    SignalRSession session = SignalRSession.of(who);
    HubMessage.Handshake answer = session.handshake(protocol);
    if (answer.error() == null) {
      throw session.wrong("a handshake refused", answer);
    }
  }

  @When("{who} invoke(s) {string} with {string}")
  @Phrase(
      means = "Calls a method of the hub, which completes it; the arguments are a JSON array.",
      example = "I invoke \"Add\" with '[1, 2]'")
  public void invoke(String who, String target, String arguments) throws InterruptedException {
    SignalRSession.of(who).invoke(target, JsonText.parse(arguments));
  }

  @When("{who} invoke(s) {string} with {string} and want(s) no completion")
  @Phrase(
      means = "Calls a method of the hub without an invocationId.",
      example = "I invoke \"Log\" with '[\"seen\"]' and want no completion")
  public void send(String who, String target, String arguments) throws InterruptedException {
    SignalRSession.of(who).send(target, JsonText.parse(arguments));
  }

  @When("{who} stream(s) {string} with {string}")
  @Phrase(
      means = "Calls a streaming method of the hub; the arguments are a JSON array.",
      example = "I stream \"Counter\" with '[3]'")
  public void stream(String who, String target, String arguments) throws InterruptedException {
    SignalRSession.of(who).stream(target, JsonText.parse(arguments));
  }

  @Then("{who} receive(s) the completion {string}")
  @Phrase(
      means = "The newest invocation completes with this result; an object may have more members.",
      example = "I receive the completion '3'")
  public void completion(String who, String json) throws InterruptedException {
    SignalRSession session = SignalRSession.of(who);
    String expected = "the completion with the result " + json;
    Completion came = session.completion(expected);
    JsonNode result = came.result();
    if (result == null) {
      throw session.wrong(expected, came);
    }
    same(session, expected, json, result, came);
  }

  @Then("{who} receive(s) a completion within {duration}")
  @Phrase(
      means = "The newest invocation completes without an error, in time from invoking.",
      example = "I receive a completion within 200 ms")
  public void completionWithin(String who, Duration limit) throws InterruptedException {
    SignalRSession session = SignalRSession.of(who);
    Completion came = session.completion("a completion", limit);
    if (came.error() != null) {
      throw session.wrong("a completion", came);
    }
  }

  @Then("{who} receive(s) a completion without a result")
  @Phrase(
      means = "The newest invocation, or stream, completes with neither result nor error.",
      example = "I receive a completion without a result")
  public void noResult(String who) throws InterruptedException {
    SignalRSession session = SignalRSession.of(who);
    Completion came = session.completion("a completion");
    if (came.error() != null || (came.result() != null && !came.result().isNull())) {
      throw session.wrong("a completion without a result", came);
    }
  }

  @Then("{who} receive(s) the completion error containing {string}")
  @Phrase(
      means = "The newest invocation fails, with this part in its error.",
      example = "I receive the completion error containing \"unexpected error\"")
  public void error(String who, String part) throws InterruptedException {
    SignalRSession session = SignalRSession.of(who);
    String expected = "the completion with an error containing \"" + part + "\"";
    Completion came = session.completion(expected);
    if (came.error() == null || !came.error().contains(part)) {
      throw session.wrong(expected, came);
    }
  }

  @Then("{who} receive(s) the stream item {string}")
  @Phrase(
      means = "The newest stream's next item is this; an object may have more members.",
      example = "I receive the stream item '1'")
  public void item(String who, String json) throws InterruptedException {
    SignalRSession session = SignalRSession.of(who);
    String expected = "the stream item " + json;
    HubMessage came = session.item(expected);
    if (!(came instanceof Item item)) {
      throw session.wrong(expected, came);
    }
    same(session, expected, json, item.item(), came);
  }

  @When("{who} cancel(s) the stream")
  @Phrase(means = "Sends CancelInvocation for the newest stream.", example = "I cancel the stream")
  public void cancel(String who) throws InterruptedException {
    SignalRSession.of(who).cancel();
  }

  @Then("{who} receive(s) the hub's call {string} with {string}")
  @Phrase(
      means = "The hub calls a method of ours with these arguments, a JSON array.",
      example = "I receive the hub's call \"Notify\" with '[\"Hello\"]'")
  public void called(String who, String target, String arguments) throws InterruptedException {
    SignalRSession session = SignalRSession.of(who);
    String expected = "the call \"%s\" with %s".formatted(target, arguments);
    Invocation came = session.called(target, expected);
    same(session, expected, arguments, came.arguments(), came);
  }

  @When("{who} complete(s) the hub's call with {string}")
  @Phrase(
      means = "Answers the call of the hub's that was received last.",
      example = "I complete the hub's call with '\"ann\"'")
  public void complete(String who, String json) throws InterruptedException {
    SignalRSession.of(who).complete(JsonText.parse(json));
  }

  @When("{who} send(s) a SignalR ping")
  @Phrase(
      means = "Sends a ping: a sign of life, which nothing answers.",
      example = "I send a SignalR ping")
  public void ping(String who) throws InterruptedException {
    SignalRSession.of(who).sendPing();
  }

  @Then("{connection} brings a SignalR ping within {duration}")
  @Phrase(
      means = "The hub pings, in time from now.",
      example = "the connection brings a SignalR ping within 20 s")
  public void pinged(String who, Duration limit) throws InterruptedException {
    SignalRSession.of(who).pinged(limit);
  }

  @Then("the hub closes {connection} with the error {string}")
  @Phrase(
      means = "The hub sends Close with this error.",
      example = "the hub closes the connection with the error \"shutting down\"")
  public void closed(String who, String error) throws InterruptedException {
    SignalRSession session = SignalRSession.of(who);
    HubMessage.Close came = session.closed();
    if (!error.equals(came.error())) {
      throw session.wrong("Close with the error \"" + error + "\"", came);
    }
  }

  private static void same(
      SignalRSession session, String expected, String json, JsonNode seen, HubMessage came) {
    String difference = JsonText.difference(JsonText.parse(json), seen);
    if (difference != null) {
      throw session.wrong(expected, came, difference);
    }
  }
}
