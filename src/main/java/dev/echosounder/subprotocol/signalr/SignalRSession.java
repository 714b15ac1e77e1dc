package dev.echosounder.subprotocol.signalr;

import dev.echosounder.scenario.SubprotocolSession;
import dev.echosounder.subprotocol.JsonText;
import dev.echosounder.subprotocol.signalr.HubMessage.Completion;
import dev.echosounder.subprotocol.signalr.HubMessage.Invocation;
import dev.echosounder.subprotocol.signalr.HubMessage.Item;
import dev.echosounder.ws.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A client's side of a SignalR hub on one connection. Invocations are numbered from 1. */
final class SignalRSession extends SubprotocolSession<HubMessage> {
  /** Ends each record. */
  private static final char SEPARATOR = '\u001e';

  /** As Microsoft's clients do; by default a hub drops who is silent for 30 s. */
  private static final Duration PING_EVERY = Duration.ofSeconds(15);

  private static final int INVOCATION = 1;
  private static final int COMPLETION = 3;
  private static final int STREAM_INVOCATION = 4;
  private static final int CANCEL_INVOCATION = 5;
  private static final int PING = 6;

  /** The ids of invocations that the hub has not completed. */
  private final Set<String> running = new HashSet<>();

  private Duration pingEvery = PING_EVERY;
  private boolean shaken;
  private @Nullable Invocation lastCall;
  private int lastId;
  private long invoked;

  private SignalRSession(String who) {
    super(who, "SignalR");
  }

  static SignalRSession of(String who) {
    return of(who, SignalRSession.class, SignalRSession::new);
  }

  @Override
  protected List<HubMessage> decode(Message message) {
    if (!(message instanceof Message.Text text)) {
      throw new IllegalArgumentException("a binary message, where JSON is spoken");
    }
    String records = text.text();
    if (records.isEmpty() || records.charAt(records.length() - 1) != SEPARATOR) {
      throw new IllegalArgumentException("a record that the separator 1e does not end");
    }
    List<HubMessage> read = new ArrayList<>();
    for (String record : records.substring(0, records.length() - 1).split("\u001e", -1)) {
      if (!shaken) {
        shaken = true;
        read.add(HubMessage.readHandshake(record));
        continue;
      }
      HubMessage.read(record).map(this::checked).ifPresent(read::add);
    }
    return read;
  }

  private HubMessage checked(HubMessage read) {
    boolean known =
        read instanceof Completion completion
            ? running.remove(completion.id())
            : !(read instanceof Item item) || running.contains(item.id());
    if (!known) {
      throw new IllegalArgumentException(read + ", which does not run");
    }
    return read;
  }

  @Override
  protected boolean isPassing(HubMessage message) {
    return message instanceof HubMessage.Ping;
  }

  /** Once the session is open, a ping is sent before we have been silent for so long. */
  void pingEvery(Duration longestSilence) {
    pingEvery = longestSilence;
  }

  /** Asks for a protocol of this name, in version 1. */
  HubMessage.Handshake handshake(String protocol) throws InterruptedException {
    if (shaken) {
      throw new AssertionError("the SignalR session is open already");
    }
    record(JsonText.object().put("protocol", protocol).put("version", 1));
    HubMessage.Handshake answer =
        (HubMessage.Handshake)
            await("the handshake's answer", HubMessage.Handshake.class::isInstance).message();
    if (answer.error() == null) {
      beat(pingEvery, wire(ping()));
    }
    return answer;
  }

  void invoke(String target, JsonNode arguments) throws InterruptedException {
    call(INVOCATION, target, arguments, true);
  }

  void send(String target, JsonNode arguments) throws InterruptedException {
    call(INVOCATION, target, arguments, false);
  }

  void stream(String target, JsonNode arguments) throws InterruptedException {
    call(STREAM_INVOCATION, target, arguments, true);
  }

  private void call(int type, String target, JsonNode arguments, boolean wantsCompletion)
      throws InterruptedException {
    if (!arguments.isArray()) {
      throw new IllegalArgumentException("a call's arguments are a JSON array: " + arguments);
    }
    ObjectNode call = JsonText.object().put("type", type);
    if (wantsCompletion) {
      lastId++;
      running.add(newest());
      call.put("invocationId", newest());
    }
    call.put("target", target).set("arguments", arguments);
    invoked = record(call);
  }

  void cancel() throws InterruptedException {
    record(JsonText.object().put("type", CANCEL_INVOCATION).put("invocationId", newest()));
  }

  private static ObjectNode ping() {
    return JsonText.object().put("type", PING);
  }

  void sendPing() throws InterruptedException {
    record(ping());
  }

  /** The completion of the newest invocation. */
  Completion completion(String expected) throws InterruptedException {
    return (Completion) await(expected, completes(newest())).message();
  }

  /** As above, in time from invoking. */
  Completion completion(String expected, Duration limit) throws InterruptedException {
    return (Completion) await(expected, completes(newest()), invoked, limit).message();
  }

  private static Predicate<HubMessage> completes(String id) {
    return m -> m instanceof Completion completion && completion.id().equals(id);
  }

  /** The newest invocation's next item, or its completion, after which no item comes. */
  HubMessage item(String expected) throws InterruptedException {
    String id = newest();
    return await(
            expected,
            m -> (m instanceof Item item && item.id().equals(id)) || completes(id).test(m))
        .message();
  }

  Invocation called(String target, String expected) throws InterruptedException {
    Invocation call =
        (Invocation)
            await(expected, m -> m instanceof Invocation i && i.target().equals(target)).message();
    lastCall = call;
    return call;
  }

  /** Completes the hub's call that was taken last. */
  void complete(JsonNode result) throws InterruptedException {
    Invocation call = lastCall;
    if (call == null || call.id() == null) {
      throw new AssertionError("no call of the hub's was received that wants a completion");
    }
    ObjectNode completion = JsonText.object().put("type", COMPLETION);
    completion.put("invocationId", call.id()).set("result", result);
    record(completion);
  }

  void pinged(Duration limit) throws InterruptedException {
    awaitNext("a SignalR ping", HubMessage.Ping.class::isInstance, limit);
  }

  HubMessage.Close closed() throws InterruptedException {
    return (HubMessage.Close) await("Close", HubMessage.Close.class::isInstance).message();
  }

  private String newest() {
    return Integer.toString(lastId);
  }

  private long record(ObjectNode message) throws InterruptedException {
    return send(wire(message));
  }

  private static String wire(ObjectNode message) {
    return message.toString() + SEPARATOR;
  }
}
