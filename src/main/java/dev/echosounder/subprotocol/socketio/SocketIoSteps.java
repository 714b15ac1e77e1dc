package dev.echosounder.subprotocol.socketio;

import dev.echosounder.scenario.Phrase;
import dev.echosounder.subprotocol.JsonText;
import dev.echosounder.subprotocol.socketio.SocketIoPacket.Kind;
import dev.echosounder.ws.Bytes;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Socket.IO 4 at an endpoint such as {@code /socket.io/?EIO=4&transport=websocket}. */
public final class SocketIoSteps {
  @When("{who} open(s) a Socket.IO session")
  @Phrase(
      means = "Waits for Engine.IO's open packet, then joins the namespace /.",
      example = "I open a Socket.IO session")
  public void open(String who) throws InterruptedException {
    SocketIoSession session = SocketIoSession.of(who);
    session.opened();
    join(session, "/", null);
  }

  @When("{who} join(s) the namespace {string}")
  @Phrase(
      means = "Joins a further namespace, which is the one of the steps that follow.",
      example = "I join the namespace \"/news\"")
  public void join(String who, String namespace) throws InterruptedException {
    join(SocketIoSession.of(who), namespace, null);
  }

  @When("{who} join(s) the namespace {string} with {string}")
  @Phrase(
      means = "As above, with this JSON as the credentials.",
      example = "I join the namespace \"/admin\" with '{\"token\": \"s3cret\"}'")
  public void joinWith(String who, String namespace, String auth) throws InterruptedException {
    join(SocketIoSession.of(who), namespace, JsonText.parseObject(auth));
  }

  private static void join(SocketIoSession session, String namespace, @Nullable JsonNode auth)
      throws InterruptedException {
    SocketIoPacket answer = session.join(namespace, auth);
    if (answer.kind() != Kind.CONNECT) {
      throw session.wrong("CONNECT to " + namespace, answer);
    }
  }

  @Then("{who} am/is refused the namespace {string} with {string}")
  @Phrase(
      means = "Asks for the namespace; CONNECT_ERROR comes with this message.",
      example = "I am refused the namespace \"/admin\" with \"who are you?\"")
  public void refused(String who, String namespace, String message) throws InterruptedException {
    SocketIoSession session = SocketIoSession.of(who);
    SocketIoPacket answer = session.join(namespace, null);
    JsonNode data = answer.data();
    if (answer.kind() != Kind.CONNECT_ERROR
        || data == null
        || !data.path("message").asString("").equals(message)) {
      throw session.wrong("CONNECT_ERROR \"" + message + "\"", answer);
    }
  }

  @When("{who} leave(s) the namespace {string}")
  @Phrase(means = "Sends DISCONNECT.", example = "I leave the namespace \"/admin\"")
  public void leave(String who, String namespace) throws InterruptedException {
    SocketIoSession.of(who).leave(namespace);
  }

  @Then("{who} am/is put out of the namespace {string}")
  @Phrase(
      means = "The server sends DISCONNECT.",
      example = "I am put out of the namespace \"/admin\"")
  public void disconnected(String who, String namespace) throws InterruptedException {
    SocketIoSession.of(who).disconnected(namespace);
  }

  @When("{who} emit(s) {string} with {string}")
  @Phrase(
      means = "Emits an event; its arguments are a JSON array.",
      example = "I emit \"chat\" with '[\"Hello\", 7]'")
  public void emit(String who, String event, String arguments) throws InterruptedException {
    SocketIoSession.of(who).emit(event, JsonText.parse(arguments), List.of(), false);
  }

  @When("{who} emit(s) {string} with {string} to be acknowledged")
  @Phrase(
      means = "Emits an event that wants an acknowledgement.",
      example = "I emit \"save\" with '[{\"n\": 1}]' to be acknowledged")
  public void emitForAck(String who, String event, String arguments) throws InterruptedException {
    SocketIoSession.of(who).emit(event, JsonText.parse(arguments), List.of(), true);
  }

  @When("{who} emit(s) {string} with the bytes {bytes}")
  @Phrase(
      means = "Emits an event with bytes, which go as a binary attachment.",
      example = "I emit \"picture\" with the bytes 00 01 fe ff")
  public void emitBytes(String who, String event, Bytes bytes) throws InterruptedException {
    SocketIoSession.of(who).emit(event, JsonText.array(), List.of(bytes), false);
  }

  @Then("{who} receive(s) the event {string} with {string}")
  @Phrase(
      means = "The next event of this name has these arguments; objects may have more members.",
      example = "I receive the event \"chat\" with '[\"Hello\", 7]'")
  public void event(String who, String event, String arguments) throws InterruptedException {
    SocketIoSession session = SocketIoSession.of(who);
    String expected = "the event \"%s\" with %s".formatted(event, arguments);
    SocketIoPacket came = session.event(event, expected);
    ArrayNode wanted = JsonText.array().add(event);
    JsonText.parse(arguments).forEach(wanted::add);
    same(session, expected, wanted, came);
  }

  @Then("{who} receive(s) the event {string} with the bytes {bytes}")
  @Phrase(
      means = "The next event of this name has this binary attachment, and no other.",
      example = "I receive the event \"picture\" with the bytes 00 01 fe ff")
  public void eventBytes(String who, String event, Bytes bytes) throws InterruptedException {
    SocketIoSession session = SocketIoSession.of(who);
    String expected = "the event \"%s\" with the bytes %s".formatted(event, bytes.toHex());
    SocketIoPacket came = session.event(event, expected);
    if (!came.attachments().equals(List.of(bytes))) {
      throw session.wrong(expected, came);
    }
  }

  @Then("{who} receive(s) no event for {duration}")
  @Phrase(
      means = "No event comes; waits the whole time.",
      example = "I receive no event for 200 ms")
  public void noEvent(String who, Duration time) throws InterruptedException {
    SocketIoSession.of(who).noEvent(time);
  }

  @Then("{who} receive(s) the acknowledgement {string}")
  @Phrase(
      means = "What was emitted last is acknowledged with these arguments, a JSON array.",
      example = "I receive the acknowledgement '[\"saved\"]'")
  public void acknowledged(String who, String arguments) throws InterruptedException {
    SocketIoSession session = SocketIoSession.of(who);
    String expected = "the acknowledgement " + arguments;
    same(session, expected, JsonText.parse(arguments), session.acknowledgement(expected));
  }

  @Then("{who} receive(s) the acknowledgement within {duration}")
  @Phrase(
      means = "What was emitted last is acknowledged, in time from emitting it.",
      example = "I receive the acknowledgement within 200 ms")
  public void acknowledgedWithin(String who, Duration limit) throws InterruptedException {
    SocketIoSession.of(who).acknowledgement(limit);
  }

  @When("{who} acknowledge(s) the event with {string}")
  @Phrase(
      means = "Acknowledges the event that was received last; the arguments are a JSON array.",
      example = "I acknowledge the event with '[\"yes\"]'")
  public void acknowledge(String who, String arguments) throws InterruptedException {
    SocketIoSession.of(who).acknowledge(JsonText.parse(arguments));
  }

  @Then("{connection} brings an Engine.IO ping within {duration}")
  @Phrase(
      means = "The server pings, in time from now. Its pings are answered by themselves.",
      example = "the connection brings an Engine.IO ping within 30 s")
  public void heartbeat(String who, Duration limit) throws InterruptedException {
    SocketIoSession.of(who).heartbeat(limit);
  }

  private static void same(
      SocketIoSession session, String expected, JsonNode wanted, SocketIoPacket came) {
    JsonNode data = came.data();
    String difference = data == null ? "it has none" : JsonText.difference(wanted, data);
    if (difference != null) {
      throw session.wrong(expected, came, difference);
    }
  }
}
