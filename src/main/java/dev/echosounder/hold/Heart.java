package dev.echosounder.hold;

import dev.echosounder.check.Link;
import dev.echosounder.check.Payload;
import dev.echosounder.check.Timer;
import dev.echosounder.ws.Bytes;
import dev.echosounder.ws.Event;
import dev.echosounder.ws.Message;
import dev.echosounder.ws.Opcode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Beats on one open connection, at a fixed rate, until the connection is over or an answer is
 * overdue. Confined to its keeper's serial order, which {@code serial} enters.
 */
final class Heart {
  /**
   * How a heart beats.
   *
   * @param every from one beat to the next
   * @param patience how long an answer may take
   * @param answered hears the round trip of each beat
   * @param overdue hears once, for a person, which answer did not come
   */
  record Rhythm(
      Heartbeat heartbeat,
      Duration every,
      Duration patience,
      Consumer<Duration> answered,
      Consumer<String> overdue) {}

  private final Rhythm rhythm;
  private final Link link;
  private final Timer timer;
  private final Executor serial;
  private @Nullable Runnable next;
  private @Nullable Runnable alarm;
  private boolean stopped;
  private boolean waiting;
  private long due;
  private long sentAt;
  private long beats;
  private Bytes data = Bytes.EMPTY;

  Heart(Rhythm rhythm, Link link, Timer timer, Executor serial) {
    this.rhythm = rhythm;
    this.link = link;
    this.timer = timer;
    this.serial = serial;
  }

  /**
   * @param phase how much of an interval passes before the first beat, from 0 to 1: hearts that
   *     start together need not beat together
   */
  void start(double phase) {
    if (rhythm.heartbeat() instanceof Heartbeat.None) {
      return;
    }
    due = timer.nanos() + (long) (rhythm.every().toNanos() * phase);
    schedule();
  }

  void stop() {
    stopped = true;
    cancel(next);
    cancel(alarm);
  }

  private static void cancel(@Nullable Runnable scheduled) {
    if (scheduled != null) {
      scheduled.run();
    }
  }

  private void schedule() {
    next = in(Duration.ofNanos(Math.max(0, due - timer.nanos())), this::beat);
  }

  private Runnable in(Duration delay, Runnable task) {
    return timer.after(
        delay,
        () ->
            serial.execute(
                () -> {
                  if (!stopped) {
                    task.run();
                  }
                }));
  }

  private void beat() {
    // Past a stall of ours only the beats to come count: no burst.
    long behind = Math.max(0, timer.nanos() - due) / rhythm.every().toNanos();
    due += (behind + 1) * rhythm.every().toNanos();
    schedule();
    if (waiting) {
      return;
    }
    waiting = true;
    beats++;
    alarm = in(rhythm.patience(), this::expired);
    if (rhythm.heartbeat() instanceof Heartbeat.Exchange exchange) {
      ignore(link.send(exchange.payload()));
    } else {
      data = Bytes.utf8("echosounder " + beats);
      ignore(link.ping(data));
    }
  }

  /** Why a write failed is told by the connection's ending. */
  private static void ignore(CompletableFuture<Void> sending) {
    var unused = sending.exceptionally(error -> null);
  }

  private void expired() {
    rhythm
        .overdue()
        .accept(
            "heartbeat %d was not answered within %d ms"
                .formatted(beats, rhythm.patience().toMillis()));
  }

  void sent(Event.Sent event) {
    Opcode opcode = event.frame().opcode();
    sentAt = opcode.isData() || opcode == Opcode.PING ? event.nanos() : sentAt;
  }

  void received(Message message) {
    if (waiting && !stopped && answers(message)) {
      waiting = false;
      cancel(alarm);
      alarm = null; // The next beat may be long in coming.
      rhythm.answered().accept(Duration.ofNanos(message.nanos() - sentAt));
    }
  }

  private boolean answers(Message message) {
    if (rhythm.heartbeat() instanceof Heartbeat.Exchange exchange) {
      return !(message instanceof Message.Pong) && exchange.reply().matches(Payload.of(message));
    }
    return message instanceof Message.Pong pong && pong.bytes().equals(data);
  }
}
