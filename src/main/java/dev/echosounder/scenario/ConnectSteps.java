package dev.echosounder.scenario;

import dev.echosounder.ws.ConnectFailure;
import dev.echosounder.ws.ConnectFailure.Response;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;

/** Connecting, and every way of failing to. */
public final class ConnectSteps {
  @Given("{who} connect(s)")
  @Phrase(
      means = "Connects; a failure to open fails the scenario. Names tell connections apart.",
      example = "I connect")
  public void connect(String who) throws InterruptedException {
    World.current().connect(who).open();
  }

  @When("{who} try/tries to connect")
  @Phrase(
      means = "Connects, or not: later steps say what is expected.",
      example = "I try to connect")
  public void tryToConnect(String who) throws InterruptedException {
    World.current().connect(who).outcome();
  }

  @Then("{connection} is open")
  @Phrase(
      means = "The attempt has opened the connection, and it has not ended.",
      example = "the connection is open")
  public void open(String who) throws InterruptedException {
    Conversation in = World.current().of(who);
    in.open();
    if (in.ending().isPresent()) {
      throw Mismatch.of(in, "an open connection", Mismatch.state(in));
    }
  }

  @Then("{connection} fails with {failure}")
  @Phrase(
      means = "The attempt failed for this reason: see the list of causes.",
      example = "the connection fails with refused")
  public void fails(String who, ConnectFailure.Cause cause) throws InterruptedException {
    Conversation in = World.current().of(who);
    ConnectFailure failure = in.failed("the failure " + cause.label());
    if (failure.cause() != cause) {
      throw Mismatch.of(in, "the failure " + cause.label(), failure.toString());
    }
  }

  @Then("{connection} is refused with status {int}")
  @Phrase(
      means = "The server answered the upgrade request with this HTTP status.",
      example = "the connection is refused with status 403")
  public void refused(String who, int status) throws InterruptedException {
    Conversation in = World.current().of(who);
    int seen = response(in).status();
    if (seen != status) {
      throw Mismatch.of(in, "a refusal with status " + status, "status " + seen);
    }
  }

  @Then("{connection} is refused with the header {string}: {string}")
  @Phrase(
      means = "The refusal carries this header.",
      example = "the connection is refused with the header \"Retry-After\": \"5\"")
  public void refusedHeader(String who, String name, String value) throws InterruptedException {
    Conversation in = World.current().of(who);
    String seen = response(in).header(name).orElse("no such header");
    if (!seen.equals(value)) {
      throw Mismatch.of(in, "the header " + name + ": " + value, seen);
    }
  }

  @Then("{connection} is refused with the body {string}")
  @Phrase(
      means = "The refusal's body is this text.",
      example = "the connection is refused with the body \"no seats left\"")
  public void refusedBody(String who, String body) throws InterruptedException {
    Conversation in = World.current().of(who);
    String seen = response(in).body().asUtf8();
    if (!seen.equals(body)) {
      throw Mismatch.of(in, "the body \"" + body + "\"", "\"" + seen + "\"");
    }
  }

  @Then("{connection} is refused with a body containing {string}")
  @Phrase(
      means = "The refusal's body (its first 16 KiB) contains this text.",
      example = "the connection is refused with a body containing \"seats\"")
  public void refusedBodyPart(String who, String part) throws InterruptedException {
    Conversation in = World.current().of(who);
    String seen = response(in).body().asUtf8();
    if (!seen.contains(part)) {
      throw Mismatch.of(in, "a body containing \"" + part + "\"", "\"" + seen + "\"");
    }
  }

  private static Response response(Conversation in) throws InterruptedException {
    ConnectFailure failure = in.failed("an HTTP answer that refuses the upgrade");
    Response response = failure.response();
    if (response == null) {
      throw Mismatch.of(in, "an HTTP answer that refuses the upgrade", failure.toString());
    }
    return response;
  }
}
