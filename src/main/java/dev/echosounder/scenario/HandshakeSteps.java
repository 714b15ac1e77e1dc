package dev.echosounder.scenario;

import dev.echosounder.ws.Event;
import dev.echosounder.ws.Header;
import dev.echosounder.ws.Phase;
import io.cucumber.java.en.Then;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/** What the opening handshake agreed on, and how long each phase took. */
public final class HandshakeSteps {
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  @Then("{connection} was upgraded with status {int}")
  @Phrase(
      means = "The answer to the upgrade request had this status.",
      example = "the connection was upgraded with status 101")
  public void status(String who, int status) throws InterruptedException {
    Conversation in = World.current().of(who);
    expect(in, "status " + status, "status " + in.open().status());
  }

  @Then("{connection} was upgraded with the header {string}: {string}")
  @Phrase(
      means = "The answer to the upgrade request had this header; case does not matter.",
      example = "the connection was upgraded with the header \"Upgrade\": \"websocket\"")
  public void header(String who, String name, String value) throws InterruptedException {
    Conversation in = World.current().of(who);
    String seen = in.open().header(name).orElse("no such header");
    if (!seen.equalsIgnoreCase(value)) {
      throw Mismatch.of(in, "the header " + name + ": " + value, seen);
    }
  }

  @Then("{connection} was upgraded with the right accept key")
  @Phrase(
      means = "Sec-WebSocket-Accept answers our Sec-WebSocket-Key (RFC 6455 §4.2.2).",
      example = "the connection was upgraded with the right accept key")
  public void acceptKey(String who) throws InterruptedException, NoSuchAlgorithmException {
    Conversation in = World.current().of(who);
    String seen = in.open().header("Sec-WebSocket-Accept").orElse("no such header");
    String key = Header.first(request(in), "Sec-WebSocket-Key").orElse("");
    byte[] hash =
        MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
    expect(in, Base64.getEncoder().encodeToString(hash), seen);
  }

  @Then("{connection} uses the subprotocol {string}")
  @Phrase(
      means = "The server chose this subprotocol.",
      example = "the connection uses the subprotocol \"chat.v2\"")
  public void subprotocol(String who, String name) throws InterruptedException {
    Conversation in = World.current().of(who);
    String seen = Objects.requireNonNullElse(in.open().subprotocol(), "none");
    expect(in, "the subprotocol " + name, "the subprotocol " + seen);
  }

  @Then("{connection} uses no subprotocol")
  @Phrase(
      means = "The server chose no subprotocol.",
      example = "the connection uses no subprotocol")
  public void noSubprotocol(String who) throws InterruptedException {
    subprotocol(who, "none");
  }

  @Then("{connection} uses the extension {string}")
  @Phrase(
      means = "The server agreed to this extension; its parameters may differ.",
      example = "the connection uses the extension \"permessage-deflate\"")
  public void extension(String who, String name) throws InterruptedException {
    Conversation in = World.current().of(who);
    List<String> seen = in.open().extensions();
    if (seen.stream().noneMatch(e -> e.equals(name) || e.startsWith(name + ";"))) {
      throw Mismatch.of(in, "the extension " + name, seen.isEmpty() ? "none" : seen.toString());
    }
  }

  @Then("{connection} uses no extension")
  @Phrase(means = "No extension was agreed on.", example = "the connection uses no extension")
  public void noExtension(String who) throws InterruptedException {
    Conversation in = World.current().of(who);
    List<String> seen = in.open().extensions();
    if (!seen.isEmpty()) {
      throw Mismatch.of(in, "no extension", seen.toString());
    }
  }

  @Then("the {phase} phase takes at most {duration}")
  @Phrase(
      means = "The phase of the connection happened, and took no longer than this.",
      example = "the upgrade phase takes at most 500 ms")
  public void phase(Phase phase, Duration limit) {
    Conversation in = World.current().of(World.ME);
    Duration seen = in.connection().timeline().phase(phase).orElse(null);
    String expected = "the %s phase within %s".formatted(phase.label(), Mismatch.say(limit));
    if (seen == null) {
      throw Mismatch.of(in, expected, "it has not happened; " + Mismatch.state(in));
    }
    if (seen.compareTo(limit) > 0) {
      String late = Mismatch.say(seen.minus(limit)) + " too long";
      throw Mismatch.of(in, expected, Mismatch.say(seen), late);
    }
  }

  @Then("there is no {phase} phase")
  @Phrase(
      means = "The phase did not happen: no TLS on ws://, no first message from a silent peer.",
      example = "there is no tls phase")
  public void noPhase(Phase phase) {
    Conversation in = World.current().of(World.ME);
    in.connection()
        .timeline()
        .phase(phase)
        .ifPresent(
            seen -> {
              throw Mismatch.of(in, "no " + phase.label() + " phase", Mismatch.say(seen));
            });
  }

  private static List<Header> request(Conversation in) {
    return in.connection().timeline().events().stream()
        .filter(Event.Upgrading.class::isInstance)
        .map(e -> ((Event.Upgrading) e).headers())
        .reduce((first, last) -> last)
        .orElse(List.of());
  }

  private static void expect(Conversation in, String expected, String seen) {
    if (!seen.equals(expected)) {
      throw Mismatch.of(in, expected, seen);
    }
  }
}
