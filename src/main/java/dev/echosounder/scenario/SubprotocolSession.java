package dev.echosounder.scenario;

import dev.echosounder.ws.Bytes;
import dev.echosounder.ws.Message;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a subprotocol's steps know of one named connection: a message of the subprotocol belongs to
 * the step that takes it, whatever came before it; one that no step takes fails the scenario at its
 * end. It lives as long as the scenario. Used by the scenario's thread only, but for what keeps the
 * connection alive while no step waits: {@link #answerAtOnce} and what {@link #beat} sends.
 *
 * @param <M> the subprotocol's messages; their {@code toString} is how failures name them
 */
public abstract class SubprotocolSession<M> {
  /** How long a failing step goes on listening, to tell "too late" from "never". */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private static final int MOST_UNREAD = 100_000;
  private static final int SHOWN = 5;

  private final Conversation in;
  private final String protocol;
  private final Deque<Arrival<M>> arrived = new ArrayDeque<>();
  private Duration promised = Duration.ZERO;

  /** A message, and when its last byte came, in nanoseconds of the client's monotonic clock. */
  public record Arrival<M>(M message, long nanos) {}

  /**
   * Begins a session on the connection of {@code who}.
   *
   * @param protocol its name, for failures
   */
  protected SubprotocolSession(String who, String protocol) {
    this.in = World.current().of(who);
    this.protocol = protocol;
  }

  /**
   * The session on the connection of {@code who}; a fresh one if there is none.
   *
   * @throws AssertionError if nobody of that name has connected, or another subprotocol is spoken
   */
  protected static <S extends SubprotocolSession<?>> S of(
      String who, Class<S> type, Function<String, S> fresh) {
    return World.current().of(who).session(type, () -> fresh.apply(who));
  }

  /**
   * Reads a WebSocket message, which may hold none, one or more of the subprotocol's. Answers what
   * must be answered at once by {@link #answer}.
   *
   * @throws IllegalArgumentException if it breaks the subprotocol; says how
   */
  protected abstract List<M> decode(Message message);

  /**
   * What answers a text as soon as it comes, whether a step waits or not, as a heartbeat is
   * answered. {@link #decode} sees the text as well, when a step waits. Runs on the I/O thread: it
   * must not block, must not throw, and must not touch what the session knows.
   */
  protected Optional<String> answerAtOnce(String text) {
    return Optional.empty();
  }

  /** Whether it is dropped unless a step waits for it just then, as a heartbeat is. */
  protected boolean isPassing(M message) {
    return false;
  }

  /** By the rules of the subprotocol the peer may end the connection from here on. */
  protected final void mayEnd() {
    in.expectEnd();
  }

  final String protocol() {
    return protocol;
  }

  /**
   * From now on sends this text on a timer's thread before we have been silent for {@code most},
   * until {@link #stopBeating} or the closing handshake.
   */
  protected final void beat(Duration most, String text) {
    in.pulse().beat(early(most), () -> in.connection().sendText(text));
  }

  /** Sends a binary message; see {@link #beat(Duration, String)}. */
  protected final void beat(Duration most, Bytes bytes) {
    in.pulse().beat(early(most), () -> in.connection().sendBinary(bytes));
  }

  /** What is on its way has a quarter of the time. */
  private static Duration early(Duration most) {
    return most.multipliedBy(3).dividedBy(4);
  }

  /**
   * The peer has promised a sign of life this often. The step that comes after a silence of twice
   * as long, and half a second, fails, or else the scenario's end does.
   */
  protected final void expectBeats(Duration often) {
    promised = often;
    in.pulse().expect(often.multipliedBy(2));
  }

  /** Sends no signs of life any more, and expects none. */
  protected final void stopBeating() {
    in.pulse().stop();
  }

  /** Sends a text; returns when it was handed to the kernel, as nanoseconds of {@link Arrival}. */
  protected final long send(String text) throws InterruptedException {
    return in.sendTimed(Payload.text(text));
  }

  /** Sends a binary message; see {@link #send(String)}. */
  protected final long send(Bytes bytes) throws InterruptedException {
    return in.sendTimed(Payload.binary(bytes));
  }

  /**
   * Answers, without waiting, what {@link #decode} reads. A write fails because the connection is
   * over, and the timeline has that with its cause.
   */
  protected final void answer(Bytes bytes) {
    var unused = in.connection().sendBinary(bytes).exceptionally(over -> null);
  }

  /** Takes the oldest message that is wanted, waiting as long as the scenario says for it. */
  protected final Arrival<M> await(String expected, Predicate<? super M> wanted)
      throws InterruptedException {
    return await(expected, wanted, in.deadline());
  }

  /** Takes the oldest message that is wanted, waiting for it at most {@code limit}. */
  protected final Arrival<M> await(String expected, Predicate<? super M> wanted, Duration limit)
      throws InterruptedException {
    in.open();
    mustBeat();
    Optional<Arrival<M>> found = find(expected, wanted, limit);
    if (found.isPresent()) {
      return found.get();
    }
    mustBeat();
    String within = expected + " within " + Mismatch.say(limit);
    String seen = seen();
    long late = System.nanoTime();
    if (find(expected, wanted, GRACE).isPresent()) {
      Duration delay = Duration.ofNanos(System.nanoTime() - late);
      throw Mismatch.of(in, within, seen, "it came, but " + Mismatch.say(delay) + " too late");
    }
    throw Mismatch.of(in, within, seen);
  }

  /**
   * Takes the oldest message that is wanted, which must have come at most {@code limit} after
   * {@code sent}. Waits longer than allowed, so that the failure can say how late it came.
   */
  protected final Arrival<M> await(
      String expected, Predicate<? super M> wanted, long sent, Duration limit)
      throws InterruptedException {
    Duration patience = in.deadline().compareTo(limit) > 0 ? in.deadline() : limit;
    String within = expected + " within " + Mismatch.say(limit);
    Arrival<M> came = await(within, wanted, patience);
    Duration took = Duration.ofNanos(came.nanos() - sent);
    if (took.compareTo(limit) > 0) {
      throw mismatch(
          within,
          came.message() + " after " + Mismatch.say(took),
          "it came, but " + Mismatch.say(took.minus(limit)) + " too late");
    }
    return came;
  }

  /** Takes the next message that passes; those that have passed already do not count. */
  protected final void awaitNext(String expected, Predicate<? super M> wanted, Duration limit)
      throws InterruptedException {
    in.open();
    readWaiting(expected);
    var unused = await(expected, wanted, limit);
  }

  /** No such message may come; waits the whole time, or until the connection has ended. */
  protected final void none(String unwanted, Predicate<? super M> matches, Duration time)
      throws InterruptedException {
    in.open();
    String expected = "no " + unwanted + " for " + Mismatch.say(time);
    Optional<Arrival<M>> came = find(expected, matches, time);
    if (came.isPresent()) {
      throw Mismatch.of(in, expected, came.get().message().toString());
    }
    mustBeat();
  }

  /** The host that the connection goes to, as its URL names it. */
  protected final String host() {
    return in.connection().target().uri().getHost();
  }

  /** A failure: a step has taken {@code seen}, and it is not what was expected. */
  public final AssertionError wrong(String expected, M seen) {
    return wrong(expected, seen, null);
  }

  /** As above, with what it is that differs, if it can be said. */
  public final AssertionError wrong(String expected, M seen, @Nullable String difference) {
    return mismatch(expected, String.valueOf(seen), difference);
  }

  /** A failure that shows what was expected, what was seen, and the timeline. */
  protected final AssertionError mismatch(
      String expected, String seen, @Nullable String nearestMiss) {
    return Mismatch.of(in, expected, seen, nearestMiss);
  }

  /** What the scenario has left unread, or has come broken: looked at when it is closed. */
  final Optional<AssertionError> leftOver() {
    String expected = "no message left unread (\"further messages don't matter\" opts out)";
    if (in.pulse().missed().isPresent()) {
      return Optional.of(silence(in.pulse().missed().get()));
    }
    for (Message message : in.inbox().waiting()) {
      accept(expected, message, none -> false);
    }
    return arrived.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Mismatch.of(
                in,
                expected,
                "%d left, the first is %s".formatted(arrived.size(), arrived.element().message())));
  }

  private void mustBeat() {
    Optional<Duration> missed = in.pulse().missed();
    if (missed.isPresent()) {
      throw silence(missed.get());
    }
  }

  private AssertionError silence(Duration missed) {
    return Mismatch.of(
        in,
        "a sign of life at least every %s, as the peer has promised"
            .formatted(Mismatch.say(promised)),
        "nothing for " + Mismatch.say(missed));
  }

  private void readWaiting(String expected) throws InterruptedException {
    Optional<Message> came = in.inbox().next(Duration.ZERO);
    while (came.isPresent()) {
      accept(expected, came.get(), passed -> false);
      came = in.inbox().next(Duration.ZERO);
    }
  }

  private Optional<Arrival<M>> find(String expected, Predicate<? super M> wanted, Duration limit)
      throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      Optional<Arrival<M>> found = take(wanted);
      if (found.isPresent()) {
        return found;
      }
      Optional<Message> came = in.inbox().next(Duration.ofNanos(end - System.nanoTime()));
      if (came.isEmpty()) {
        return Optional.empty();
      }
      accept(expected, came.get(), wanted);
    }
  }

  private Optional<Arrival<M>> take(Predicate<? super M> wanted) {
    for (Iterator<Arrival<M>> i = arrived.iterator(); i.hasNext(); ) {
      Arrival<M> one = i.next();
      if (wanted.test(one.message())) {
        i.remove();
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }

  private void accept(String expected, Message message, Predicate<? super M> wanted) {
    List<M> read;
    try {
      read = decode(message);
    } catch (IllegalArgumentException e) {
      AssertionError broken =
          Mismatch.of(
              in,
              expected,
              "the peer broke %s: %s".formatted(protocol, e.getMessage()),
              "it sent " + Payload.of(message));
      broken.initCause(e);
      throw broken;
    }
    if (arrived.size() + read.size() > MOST_UNREAD) {
      throw Mismatch.of(in, expected, "more than " + MOST_UNREAD + " messages that no step reads");
    }
    read.stream()
        .filter(m -> !isPassing(m) || wanted.test(m))
        .forEach(m -> arrived.add(new Arrival<>(m, message.nanos())));
  }

  private String seen() {
    if (arrived.isEmpty()) {
      return "nothing; " + Mismatch.state(in);
    }
    Stream<String> texts = arrived.stream().limit(SHOWN).map(a -> a.message().toString());
    String more = arrived.size() > SHOWN ? " and %d more".formatted(arrived.size() - SHOWN) : "";
    return "only " + texts.collect(Collectors.joining(", ")) + more + "; " + Mismatch.state(in);
  }
}
