package dev.echosounder.scenario;

import dev.echosounder.check.Timer;
import dev.echosounder.ws.Connection;
import dev.echosounder.ws.Event;
import dev.echosounder.ws.Inbox;
import dev.echosounder.ws.Listener;
import dev.echosounder.ws.Message;
import dev.echosounder.ws.Opcode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one connection alive as its subprotocol wants it, whether a step waits or not. What is to
 * be answered at once is answered on the I/O thread that brought it; signs of life of our own are
 * sent on the timer's thread, which also watches for the peer's. Thread-safe.
 *
 * <p>It does nothing until a session tells it what to do, and nothing any more once either side has
 * said that it closes. All messages go on to the inbox.
 */
final class Pulse implements Listener {
  /** How long a late sign of life is looked for once more: a pause of our own is not the peer's. */
  static final Duration SECOND_LOOK = Duration.ofMillis(500);

  private final Inbox inbox;
  private final Supplier<Timer> timer;
  private final ReentrantLock lock = new ReentrantLock();
  private final CopyOnWriteArrayList<Beat> beats = new CopyOnWriteArrayList<>();

  /** Guarded by lock. */
  private @Nullable Function<String, Optional<String>> answers;

  /** When a message, or part of one, went out last: nanoseconds of the client's clock. */
  private volatile long sent;

  /** When anything came last, in the same nanoseconds. */
  private volatile long received;

  private volatile boolean over;
  private volatile @Nullable Duration missed;

  /** Asks for the timer when a session wants it first; its clock must be the client's. */
  Pulse(Inbox inbox, Supplier<Timer> timer) {
    this.inbox = inbox;
    this.timer = timer;
  }

  /**
   * Answers each text that {@code how} has an answer for: first those that wait in the inbox, then
   * each as it comes. {@code how} runs on the I/O thread.
   */
  void answer(Connection connection, Function<String, Optional<String>> how) {
    lock.lock();
    try {
      answers = how;
      inbox.waiting().forEach(message -> answer(connection, message));
    } finally {
      lock.unlock();
    }
  }

  /** Calls {@code send} whenever nothing has been sent for so long; on the timer's thread. */
  void beat(Duration idle, Supplier<CompletableFuture<Void>> send) {
    start(new Beat(idle, () -> sent, () -> unlessOver(send.get())));
  }

  /** Notes if ever nothing comes for so long, and for the time of a second look. */
  void expect(Duration silence) {
    start(new Beat(silence, () -> received, this::lookAgain));
  }

  /** Sends and expects no signs of life any more; goes on to answer. */
  void stop() {
    beats.forEach(Beat::stop);
    beats.clear();
  }

  /** How long the peer was silent when that was too long for the first time, if ever. */
  Optional<Duration> missed() {
    return Optional.ofNullable(missed);
  }

  @Override
  public void onMessage(Connection connection, Message message) {
    lock.lock(); // Else a message could slip in between those that wait and those that come.
    try {
      inbox.onMessage(connection, message);
      answer(connection, message);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onOpen(Connection connection) {
    inbox.onOpen(connection);
  }

  @Override
  public void onEvent(Connection connection, Event event) {
    if (event instanceof Event.Sent out && out.frame().opcode() != Opcode.CLOSE) {
      if (out.frame().opcode().isData()) {
        sent = out.nanos();
      }
    } else if (event instanceof Event.Received in && in.frame().opcode() != Opcode.CLOSE) {
      received = in.nanos();
    } else if (event instanceof Event.Sent
        || event instanceof Event.Received
        || event instanceof Event.Ended) {
      over = true;
      stop();
    }
    inbox.onEvent(connection, event);
  }

  private void answer(Connection connection, Message message) {
    if (answers != null && !over && message instanceof Message.Text text) {
      answers.apply(text.text()).ifPresent(a -> unlessOver(connection.sendText(a)));
    }
  }

  /** A write fails because the connection is over, and the timeline has that with its cause. */
  private static void unlessOver(CompletableFuture<Void> sending) {
    var unused = sending.exceptionally(failure -> null);
  }

  private void lookAgain() {
    long before = received;
    var unused = timer.get().after(SECOND_LOOK, () -> note(before));
  }

  private void note(long before) {
    if (received == before && missed == null && !beats.isEmpty()) {
      missed = Duration.ofNanos(timer.get().nanos() - before);
    }
  }

  private void start(Beat beat) {
    beats.add(beat);
    if (over) { // Whoever closes later finds the beat in the list.
      stop();
    }
    beat.next();
  }

  /** Does something whenever so long has passed since a moment that moves. */
  private final class Beat {
    private final Duration limit;
    private final LongSupplier since;
    private final Runnable due;
    private volatile boolean stopped;
    private volatile Runnable pending = () -> {};

    Beat(Duration limit, LongSupplier since, Runnable due) {
      this.limit = limit;
      this.since = since;
      this.due = due;
    }

    /** On the thread that starts it, then on the timer's. */
    void next() {
      if (stopped) {
        return;
      }
      long left = limit.toNanos() - (timer.get().nanos() - since.getAsLong());
      if (left <= 0) {
        due.run();
        left = limit.toNanos();
      }
      pending = timer.get().after(Duration.ofNanos(left), this::next);
    }

    void stop() {
      stopped = true;
      pending.run();
    }
  }
}
