package dev.echosounder.subprotocol.stomp;

import dev.echosounder.scenario.Phrase;
import io.cucumber.datatable.DataTable;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** STOMP 1.2 over a connection that offers the subprotocol {@code v12.stomp}. */
public final class StompSteps {
  @Given("{who} offer(s) STOMP heart-beats every {duration}")
  @Phrase(
      means =
          "Offers and wants them when the session is opened. What is agreed is kept, whether a step"
              + " waits or not: ours are sent in time, and if one of the server's is missing the"
              + " next step fails, or the scenario's end.",
      example = "I offer STOMP heart-beats every 10 s")
  public void offerHeartBeats(String who, Duration often) {
    StompSession.of(who).offerHeartBeats(often);
  }

  @When("{who} stop(s) the STOMP heart-beats")
  @Phrase(
      means = "Sends none any more, against what was agreed, nor expects any.",
      example = "I stop the STOMP heart-beats")
  public void stopHeartBeats(String who) {
    StompSession.of(who).stopHeartBeats();
  }

  @When("{who} open(s) a STOMP session")
  @Phrase(
      means = "Sends CONNECT for version 1.2 to the host of the URL; CONNECTED comes.",
      example = "I open a STOMP session")
  public void open(String who) throws InterruptedException {
    open(who, Map.of());
  }

  @When("{who} open(s) a STOMP session as {string} with the passcode {string}")
  @Phrase(
      means = "As above, with a login.",
      example = "I open a STOMP session as \"probe\" with the passcode \"s3cret\"")
  public void login(String who, String user, String passcode) throws InterruptedException {
    open(who, Map.of("login", user, "passcode", passcode));
  }

  @When("{who} open(s) a STOMP session with these headers:")
  @Phrase(
      means = "As above, with any headers: name, value.",
      example = "I open a STOMP session with these headers:\n| host | blue |")
  public void headers(String who, DataTable table) throws InterruptedException {
    open(who, rows(table));
  }

  private static void open(String who, Map<String, String> headers) throws InterruptedException {
    StompSession session = StompSession.of(who);
    StompFrame answer = session.connect(headers);
    if (!answer.is("CONNECTED") || !answer.header("version").orElse("").equals("1.2")) {
      throw session.wrong("CONNECTED of version 1.2", answer);
    }
  }

  @Then("{who} am/is refused a STOMP session as {string} with the passcode {string}")
  @Phrase(
      means = "Sends CONNECT with a login; ERROR comes.",
      example = "I am refused a STOMP session as \"probe\" with the passcode \"wrong\"")
  public void refused(String who, String user, String passcode) throws InterruptedException {
    StompSession session = StompSession.of(who);
    StompFrame answer = session.connect(Map.of("login", user, "passcode", passcode));
    if (!answer.is("ERROR")) {
      throw session.wrong("ERROR", answer);
    }
  }

  @Given("{who} ask(s) for STOMP receipts")
  @Phrase(
      means = "From now on each frame of ours asks for a receipt, and its step waits for it.",
      example = "I ask for STOMP receipts")
  public void receipts(String who) {
    StompSession.of(who).askForReceipts();
  }

  @When("{who} send(s) {string} to the destination {string}")
  @Phrase(
      means = "Sends SEND with this text.",
      example = "I send \"Hello\" to the destination \"/queue/a\"")
  public void send(String who, String body, String destination) throws InterruptedException {
    StompSession.of(who).sendTo(destination, body, Map.of());
  }

  @When("{who} send(s) {string} to the destination {string} with these headers:")
  @Phrase(
      means = "Sends SEND with this text and headers: name, value.",
      example = "I send \"Hello\" to the destination \"/queue/a\" with these headers:\n| a | b |")
  public void send(String who, String body, String destination, DataTable table)
      throws InterruptedException {
    StompSession.of(who).sendTo(destination, body, rows(table));
  }

  @When("{who} subscribe(s) to the destination {string}")
  @Phrase(
      means = "Sends SUBSCRIBE; messages need no acknowledgement.",
      example = "I subscribe to the destination \"/queue/a\"")
  public void subscribe(String who, String destination) throws InterruptedException {
    StompSession.of(who).subscribe(destination, "auto");
  }

  @When("{who} subscribe(s) to the destination {string} to acknowledge each message")
  @Phrase(
      means = "Sends SUBSCRIBE with ack: client-individual.",
      example = "I subscribe to the destination \"/queue/a\" to acknowledge each message")
  public void subscribeIndividually(String who, String destination) throws InterruptedException {
    StompSession.of(who).subscribe(destination, "client-individual");
  }

  @When("{who} unsubscribe(s) from the destination {string}")
  @Phrase(means = "Sends UNSUBSCRIBE.", example = "I unsubscribe from the destination \"/queue/a\"")
  public void unsubscribe(String who, String destination) throws InterruptedException {
    StompSession.of(who).unsubscribe(destination);
  }

  @Then("{who} receive(s) {string} from the destination {string}")
  @Phrase(
      means = "The next message of our subscription has this text.",
      example = "I receive \"Hello\" from the destination \"/queue/a\"")
  public void message(String who, String body, String destination) throws InterruptedException {
    var unused = take(StompSession.of(who), body, destination);
  }

  @Then("{who} receive(s) {string} from the destination {string} with these headers:")
  @Phrase(
      means =
          "The next message of our subscription has this text and, among others, these headers.",
      example = "I receive \"Hi\" from the destination \"/queue/a\" with these headers:\n| a | b |")
  public void message(String who, String body, String destination, DataTable table)
      throws InterruptedException {
    StompSession session = StompSession.of(who);
    StompFrame came = take(session, body, destination);
    for (Map.Entry<String, String> header : rows(table).entrySet()) {
      if (!came.header(header.getKey()).orElse("").equals(header.getValue())) {
        throw session.wrong("the header " + header.getKey() + ": " + header.getValue(), came);
      }
    }
  }

  private static StompFrame take(StompSession session, String body, String destination)
      throws InterruptedException {
    String expected = "MESSAGE \"%s\" from \"%s\"".formatted(body, destination);
    StompFrame came = session.message(destination, expected);
    if (!came.body().equals(body)) {
      throw session.wrong(expected, came);
    }
    return came;
  }

  @Then("{who} receive(s) no STOMP message for {duration}")
  @Phrase(
      means = "No MESSAGE comes; waits the whole time.",
      example = "I receive no STOMP message for 200 ms")
  public void noMessage(String who, Duration time) throws InterruptedException {
    StompSession.of(who).noMessage(time);
  }

  @When("{who} acknowledge(s) the message")
  @Phrase(
      means = "Sends ACK for the message that was received last.",
      example = "I acknowledge the message")
  public void ack(String who) throws InterruptedException {
    StompSession.of(who).acknowledge("ACK");
  }

  @When("{who} reject(s) the message")
  @Phrase(
      means = "Sends NACK for the message that was received last.",
      example = "I reject the message")
  public void nack(String who) throws InterruptedException {
    StompSession.of(who).acknowledge("NACK");
  }

  @Then("{who} receive(s) a STOMP error containing {string}")
  @Phrase(
      means = "ERROR comes, with this part in its message header or its body.",
      example = "I receive a STOMP error containing \"denied\"")
  public void error(String who, String part) throws InterruptedException {
    StompSession session = StompSession.of(who);
    StompFrame came = session.error();
    if (!came.header("message").orElse("").contains(part) && !came.body().contains(part)) {
      throw session.wrong("ERROR containing \"" + part + "\"", came);
    }
  }

  @Then("{connection} brings a STOMP heart-beat within {duration}")
  @Phrase(
      means = "The server sends an end of line between frames, in time from now.",
      example = "the connection brings a STOMP heart-beat within 2 s")
  public void heartBeat(String who, Duration limit) throws InterruptedException {
    StompSession.of(who).heartBeat(limit);
  }

  @When("{who} end(s) the STOMP session")
  @Phrase(
      means = "Sends DISCONNECT and waits for its receipt.",
      example = "I end the STOMP session")
  public void disconnect(String who) throws InterruptedException {
    StompSession.of(who).disconnect();
  }

  private static Map<String, String> rows(DataTable table) {
    Map<String, String> headers = new LinkedHashMap<>();
    table.cells().forEach(row -> headers.put(row.get(0), row.get(1) == null ? "" : row.get(1)));
    return headers;
  }
}
