package dev.echosounder.subprotocol.stomp;

import dev.echosounder.scenario.SubprotocolSession;
import dev.echosounder.ws.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A client's side of STOMP 1.2 on one connection. */
final class StompSession extends SubprotocolSession<StompFrame> {
  private static final String HEART_BEAT = "heart-beat";

  private final StompReader in = new StompReader();

  /** Subscription identifiers by destination. */
  private final Map<String, String> subscriptions = new LinkedHashMap<>();

  private @Nullable StompFrame lastMessage;
  private HeartBeats ours = new HeartBeats(0, 0);
  private boolean receipts;
  private int lastId;
  private int lastReceipt;

  private StompSession(String who) {
    super(who, "STOMP 1.2");
  }

  static StompSession of(String who) {
    return of(who, StompSession.class, StompSession::new);
  }

  @Override
  protected List<StompFrame> decode(Message message) {
    if (message instanceof Message.Text text) {
      return in.read(text.text().getBytes(StandardCharsets.UTF_8));
    }
    return in.read(((Message.Binary) message).bytes().toArray());
  }

  @Override
  protected boolean isPassing(StompFrame frame) {
    return frame.equals(StompFrame.HEART_BEAT);
  }

  /** From now on each of our frames asks for a receipt, and waits for it. */
  void askForReceipts() {
    receipts = true;
  }

  /** Offers heart-beats, and wants them, this often. */
  void offerHeartBeats(Duration often) {
    int millis = Math.toIntExact(often.toMillis());
    ours = new HeartBeats(millis, millis);
  }

  /** Sends CONNECT; returns CONNECTED, or ERROR. */
  StompFrame connect(Map<String, String> more) throws InterruptedException {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("accept-version", "1.2");
    headers.put("host", host());
    headers.put(HEART_BEAT, ours.header());
    headers.putAll(more);
    ours = HeartBeats.of(headers.getOrDefault(HEART_BEAT, ""));
    send(new StompFrame("CONNECT", headers, "").wire());
    StompFrame answer = await("CONNECTED", f -> f.is("CONNECTED") || f.is("ERROR")).message();
    if (answer.is("CONNECTED")) {
      agree(answer);
    }
    return answer;
  }

  private void agree(StompFrame connected) {
    HeartBeats theirs;
    try {
      theirs = HeartBeats.of(connected.header(HEART_BEAT).orElse("0,0"));
    } catch (IllegalArgumentException e) {
      throw mismatch("heart-beats that both sides know", connected.toString(), e.getMessage());
    }
    if (!ours.to(theirs).isZero()) {
      beat(ours.to(theirs), "\n");
    }
    if (!theirs.to(ours).isZero()) {
      expectBeats(theirs.to(ours));
    }
  }

  /** From now on we send none and count none. */
  void stopHeartBeats() {
    stopBeating();
  }

  void sendTo(String destination, String body, Map<String, String> more)
      throws InterruptedException {
    Map<String, String> headers = new LinkedHashMap<>(Map.of("destination", destination));
    headers.putAll(more);
    request("SEND", headers, body);
  }

  void subscribe(String destination, String acknowledge) throws InterruptedException {
    lastId++;
    String id = Integer.toString(lastId);
    if (subscriptions.putIfAbsent(destination, id) != null) {
      throw new AssertionError("there is a subscription to \"" + destination + "\" already");
    }
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("id", id);
    headers.put("destination", destination);
    headers.put("ack", acknowledge);
    request("SUBSCRIBE", headers, "");
  }

  void unsubscribe(String destination) throws InterruptedException {
    String id = subscription(destination);
    subscriptions.remove(destination);
    request("UNSUBSCRIBE", Map.of("id", id), "");
  }

  /** The oldest message of the subscription that no step has taken. */
  StompFrame message(String destination, String expected) throws InterruptedException {
    String id = subscription(destination);
    StompFrame came =
        take(
            expected,
            f -> f.is("MESSAGE") && f.header("subscription").filter(id::equals).isPresent());
    lastMessage = came;
    return came;
  }

  void noMessage(Duration time) throws InterruptedException {
    none("STOMP message", f -> f.is("MESSAGE"), time);
  }

  /** ACK or NACK of the message that was taken last. */
  void acknowledge(String command) throws InterruptedException {
    if (lastMessage == null) {
      throw new AssertionError("no message was received that could be acknowledged");
    }
    String id =
        lastMessage
            .header("ack")
            .orElseThrow(
                () ->
                    mismatch(
                        "a message with an ack header, since its subscription acknowledges",
                        String.valueOf(lastMessage),
                        null));
    request(command, Map.of("id", id), "");
  }

  StompFrame error() throws InterruptedException {
    return await("ERROR", f -> f.is("ERROR")).message();
  }

  void heartBeat(Duration limit) throws InterruptedException {
    awaitNext("a heart-beat", StompFrame.HEART_BEAT::equals, limit);
  }

  /** DISCONNECT, and the receipt that tells that the server has read all (§DISCONNECT). */
  void disconnect() throws InterruptedException {
    receipts = true;
    mayEnd();
    stopBeating();
    request("DISCONNECT", Map.of(), "");
  }

  private void request(String command, Map<String, String> headers, String body)
      throws InterruptedException {
    if (!receipts) {
      send(new StompFrame(command, headers, body).wire());
      return;
    }
    lastReceipt++;
    String id = "receipt-" + lastReceipt;
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("receipt", id);
    send(new StompFrame(command, all, body).wire());
    var unused =
        take(
            "the receipt of " + command,
            f -> f.is("RECEIPT") && f.header("receipt-id").filter(id::equals).isPresent());
  }

  /** An ERROR ends what is waited for: the server closes after it. */
  private StompFrame take(String expected, Predicate<StompFrame> wanted)
      throws InterruptedException {
    StompFrame came = await(expected, f -> wanted.test(f) || f.is("ERROR")).message();
    if (came.is("ERROR")) {
      throw wrong(expected, came);
    }
    return came;
  }

  private String subscription(String destination) {
    String id = subscriptions.get(destination);
    if (id == null) {
      throw new AssertionError(
          "there is no subscription to \"%s\": say I subscribe to the destination \"%s\" first"
              .formatted(destination, destination));
    }
    return id;
  }
}
