package dev.echosounder.scenario;

import dev.echosounder.ws.Bytes;
import dev.echosounder.ws.ConnectFailure;
import dev.echosounder.ws.Connection;
import dev.echosounder.ws.Ending;
import dev.echosounder.ws.Event;
import dev.echosounder.ws.Inbox;
import dev.echosounder.ws.Message;
import dev.echosounder.ws.Opcode;
import dev.echosounder.ws.Opening;
import dev.echosounder.ws.Target.Timeouts;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One named connection of a scenario. Used by the scenario's thread only. */
final class Conversation {
  /** On top of the target's own timeouts, which should end every attempt first. */
  private static final Duration MARGIN = Duration.ofSeconds(2);

  private final String who;
  private final Connection connection;
  private final Inbox inbox;
  private final Pulse pulse;
  private final List<Payload> sent = new ArrayList<>();
  private Duration deadline;
  private long due;
  private int echoed;
  private boolean endKnown;
  private @Nullable Payload received;
  private @Nullable SubprotocolSession<?> session;

  Conversation(String who, Connection connection, Inbox inbox, Pulse pulse, Duration deadline) {
    this.who = who;
    this.connection = connection;
    this.inbox = inbox;
    this.pulse = pulse;
    this.deadline = deadline;
  }

  String who() {
    return who;
  }

  Connection connection() {
    return connection;
  }

  Inbox inbox() {
    return inbox;
  }

  /** What keeps it alive while no step waits. */
  Pulse pulse() {
    return pulse;
  }

  Duration deadline() {
    return deadline;
  }

  void deadline(Duration wait) {
    deadline = wait;
  }

  /** The subprotocol that is spoken, if steps of one were used. */
  Optional<SubprotocolSession<?>> session() {
    return Optional.ofNullable(session);
  }

  /** The session of this type, which begins with its first use; there can be no other beside it. */
  <S extends SubprotocolSession<?>> S session(Class<S> type, Supplier<S> fresh) {
    SubprotocolSession<?> one = session;
    if (one == null) {
      one = fresh.get();
      session = one;
      pulse.answer(connection, one::answerAtOnce);
    }
    if (!type.isInstance(one)) {
      throw new AssertionError(who + " speaks " + one.protocol() + " on this connection already");
    }
    return type.cast(one);
  }

  /** The scenario has said how it ends, or that it does not open: no surprise any more. */
  void expectEnd() {
    endKnown = true;
  }

  boolean endKnown() {
    return endKnown;
  }

  Optional<ConnectFailure> failure() {
    return connection.opened().getNow(null) instanceof ConnectFailure failure
        ? Optional.of(failure)
        : Optional.empty();
  }

  /** By the timeline, which knows it before anybody who waits for messages is woken. */
  Optional<Ending> ending() {
    return connection.timeline().events().stream()
        .filter(Event.Ended.class::isInstance)
        .map(e -> ((Event.Ended) e).ending())
        .findFirst();
  }

  /** Waits until the attempt has come out, one way or the other. */
  Opening outcome() throws InterruptedException {
    Timeouts timeouts = connection.target().timeouts();
    Duration limit = timeouts.connect().plus(timeouts.upgrade()).plus(MARGIN);
    return within(limit, connection.opened(), "an answer to the attempt to connect");
  }

  /** Waits until it is open, or fails. */
  Event.Upgraded open() throws InterruptedException {
    if (outcome() instanceof Event.Upgraded upgraded) {
      return upgraded;
    }
    throw Mismatch.of(this, "an open connection", Mismatch.state(this));
  }

  /** Waits until the attempt has failed; an open connection is the mismatch. */
  ConnectFailure failed(String expected) throws InterruptedException {
    if (outcome() instanceof ConnectFailure failure) {
      expectEnd();
      return failure;
    }
    throw Mismatch.of(this, expected, "the connection opened");
  }

  /** Waits until it has ended. */
  Ending ended(String expected, Duration limit) throws InterruptedException {
    open();
    Ending ending = within(limit, connection.ended(), expected);
    expectEnd();
    return ending;
  }

  void send(Payload payload) throws InterruptedException {
    send(() -> write(payload), payload, payload.toString());
  }

  /** As above; returns when it was handed to the kernel, in nanoseconds of the client's clock. */
  long sendTimed(Payload payload) throws InterruptedException {
    long before = System.nanoTime();
    send(payload);
    return sentAt(before);
  }

  /**
   * Of the first message since {@code before}. A heartbeat that slips in between costs the
   * microseconds that it was earlier; the newest message could make an answer look too quick. If
   * the end came first, there is none, nor an answer whose time could matter.
   */
  private long sentAt(long before) {
    return connection.timeline().events().stream()
        .filter(e -> e.nanos() >= before && isMessage(e))
        .mapToLong(Event::nanos)
        .min()
        .orElse(before);
  }

  private static boolean isMessage(Event event) {
    return event instanceof Event.Sent sent
        && sent.frame().opcode().isData()
        && sent.frame().opcode() != Opcode.CONTINUATION;
  }

  /**
   * A connection that ends while its answer is on the way can fail a write that the kernel has
   * taken: whether it does is a race between the reader and this thread. The drop is told by the
   * step that meets it, always in the same words, not by this one now and then.
   */
  private void send(Supplier<CompletableFuture<Void>> sending, Payload payload, String what)
      throws InterruptedException {
    open();
    await(start(sending, payload, System.nanoTime()), what);
  }

  private CompletableFuture<Void> start(
      Supplier<CompletableFuture<Void>> sending, Payload payload, long at) {
    boolean over = ending().isPresent();
    sent.add(payload);
    due = at;
    return forgiving(sending.get(), over);
  }

  /**
   * Begins to send a message that is to come back. It must be open.
   *
   * @param at when it was to be sent, in nanoseconds: its latency counts from then
   */
  CompletableFuture<Void> start(Payload payload, long at) {
    return start(() -> write(payload), payload, at);
  }

  private CompletableFuture<Void> write(Payload payload) {
    return payload.isText()
        ? connection.sendText(payload.asText())
        : connection.sendBinary(payload.bytes());
  }

  /** When what was sent last was to be sent, in nanoseconds. */
  long due() {
    return due;
  }

  /** Bytes below the level of messages; see {@link dev.echosounder.ws.Tcp#send}. */
  void sendRaw(Bytes bytes) throws InterruptedException {
    open();
    boolean over = ending().isPresent();
    await(forgiving(connection.tcp().send(bytes), over), "the raw bytes " + bytes.toHex());
  }

  private CompletableFuture<Void> forgiving(CompletableFuture<Void> sending, boolean over) {
    return sending.exceptionallyCompose(
        failure ->
            over || !(failure instanceof IOException)
                ? CompletableFuture.failedFuture(failure)
                : endOr(failure));
  }

  /** The write fails just before the end is told. */
  private CompletableFuture<Void> endOr(Throwable failure) {
    return connection
        .ended()
        .<Void>thenApply(ending -> null)
        .orTimeout(MARGIN.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(late -> CompletableFuture.failedFuture(failure));
  }

  void sendFragments(Opcode opcode, List<Bytes> fragments) throws InterruptedException {
    byte[] whole = new byte[fragments.stream().mapToInt(Bytes::size).sum()];
    int at = 0;
    for (Bytes fragment : fragments) {
      System.arraycopy(fragment.toArray(), 0, whole, at, fragment.size());
      at += fragment.size();
    }
    Payload payload = new Payload(opcode, Bytes.of(whole));
    send(() -> connection.sendFragments(opcode, fragments), payload, payload + " in fragments");
  }

  void await(CompletableFuture<Void> sending, String what) throws InterruptedException {
    within(deadline, sending, "to send " + what);
  }

  /** A step has got what it waited for. */
  void received(Message message, Wanted wanted) {
    received = Payload.of(message);
    Map<String, String> captures = wanted.captures(message);
    if (!captures.isEmpty()) { // Only a step's words capture; outside scenarios there is no world.
      captures.forEach(World.current().memory()::remember);
    }
  }

  /** What a step got last. */
  Payload lastReceived() {
    if (received == null) {
      throw new AssertionError(who + " has received nothing yet: receive a message first");
    }
    return received;
  }

  /** Begins to send, whether the peer reads or not. */
  CompletableFuture<Void> begin(Payload payload) throws InterruptedException {
    open();
    return write(payload);
  }

  /** What was sent last. */
  Payload lastSent() {
    if (sent.isEmpty()) {
      throw new AssertionError(who + " has sent nothing that could come back");
    }
    echoed = sent.size();
    return sent.get(sent.size() - 1);
  }

  /** What was sent since the last call, or since echoes were last asked for. */
  List<Payload> notYetEchoed() {
    List<Payload> rest = List.copyOf(sent.subList(echoed, sent.size()));
    echoed = sent.size();
    return rest;
  }

  private <T> T within(Duration limit, CompletableFuture<T> future, String expected)
      throws InterruptedException {
    try {
      return future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      String text = expected + " within " + Mismatch.say(limit);
      long unwritten = connection.tcp().unwrittenBytes();
      String stalled =
          unwritten == 0
              ? ""
              : "; our write has stalled, %d bytes are pending: the peer does not read"
                  .formatted(unwritten);
      throw Mismatch.of(this, text, "nothing of the kind; " + Mismatch.state(this) + stalled);
    } catch (ExecutionException e) {
      AssertionError error =
          Mismatch.of(this, expected, "it failed: " + e.getCause() + "; " + Mismatch.state(this));
      error.initCause(e.getCause());
      throw error;
    }
  }
}
