package dev.echosounder.check;

import dev.echosounder.ws.Bytes;
import dev.echosounder.ws.Client;
import dev.echosounder.ws.CloseCode;
import dev.echosounder.ws.ConnectFailure;
import dev.echosounder.ws.Connection;
import dev.echosounder.ws.Ending;
import dev.echosounder.ws.Event;
import dev.echosounder.ws.Listener;
import dev.echosounder.ws.Message;
import dev.echosounder.ws.Opcode;
import dev.echosounder.ws.Target;
import dev.echosounder.ws.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One run of a check: connects, lets the kind's script speak, closes cleanly, decides. A state
 * machine: I/O threads and the timer post to {@link Serial}, so every field is confined to one task
 * at a time, and the first verdict wins whichever thread brings it.
 */
final class Run implements Listener {
  /** How long an aborted connection may take to tell its ending, which the transcript wants. */
  static final Duration GRACE = Duration.ofMillis(100);

  private record Failure(Stage stage, String cause, String detail) {}

  private final Serial serial = new Serial();
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private final List<Duration> roundTrips = new ArrayList<>(1);
  private final Script script;
  private final List<String> subprotocols;
  private final Duration deadline;
  private final Timer timer;
  private final long started;

  private Stage stage = Stage.START;

  /** What a script said it waits for; null if the stage says it all. */
  private @Nullable String awaited;

  private @Nullable Link link;
  private @Nullable Failure failure;
  private @Nullable String sendTrouble;
  private long lastSent;
  private Runnable alarm = () -> {};

  /**
   * @param subprotocols what is offered: if anything, the server must choose from it
   */
  Run(Script script, List<String> subprotocols, Duration deadline, Timer timer) {
    this.script = script;
    this.subprotocols = subprotocols;
    this.deadline = deadline;
    this.timer = timer;
    this.started = timer.nanos();
  }

  static CompletableFuture<Outcome> start(
      Script script, Client client, Target target, Duration deadline, Timer timer) {
    Run run = new Run(script, target.subprotocols(), deadline, timer);
    return run.start(() -> Link.of(client.open(target, run)));
  }

  /**
   * Dials inside the first task: what I/O threads report meanwhile waits until the link is known.
   */
  CompletableFuture<Outcome> start(Supplier<Link> dial) {
    List<RuntimeException> thrown = new ArrayList<>(1);
    serial.execute(
        () -> {
          try {
            link = dial.get();
          } catch (RuntimeException e) {
            thrown.add(e);
            return;
          }
          Duration left = deadline.minusNanos(timer.nanos() - started);
          alarm = timer.after(left, () -> serial.execute(this::expired));
        });
    if (!thrown.isEmpty()) {
      throw thrown.get(0);
    }
    return outcome;
  }

  // What the I/O threads say.

  @Override
  public void onEvent(Connection connection, Event event) {
    event(event);
  }

  @Override
  public void onOpen(Connection connection) {
    open();
  }

  @Override
  public void onMessage(Connection connection, Message message) {
    message(message);
  }

  void event(Event event) {
    serial.execute(() -> on(event));
  }

  void open() {
    serial.execute(
        () -> {
          if (speaking()) {
            script.opened(this);
          } else if (!outcome.isDone()) {
            link().close(CloseCode.NORMAL);
          }
        });
  }

  void message(Message message) {
    serial.execute(
        () -> {
          if (speaking()) {
            script.received(this, message);
          }
        });
  }

  private boolean speaking() {
    return stage != Stage.CLOSE && failure == null && !outcome.isDone();
  }

  private void on(Event event) {
    if (event instanceof Event.Sent sent) {
      Opcode opcode = sent.frame().opcode();
      lastSent = opcode.isData() || opcode == Opcode.PING ? sent.nanos() : lastSent;
    } else if (event instanceof Event.Refused refused) {
      refused(refused.failure());
    } else if (event instanceof Event.Ended ended) {
      ended(ended.ending());
    } else if (event instanceof Event.Upgraded upgraded) {
      upgraded(upgraded);
    } else {
      Stage next = Stage.after(event);
      stage = next == null ? stage : next;
    }
  }

  /** RFC 6455 §4.1 lets a server choose none; whoever names a subprotocol in a check needs it. */
  private void upgraded(Event.Upgraded upgraded) {
    if (!subprotocols.isEmpty() && upgraded.subprotocol() == null) {
      decide(
          ConnectFailure.Cause.SUBPROTOCOL.label(),
          "expected the server to choose one of %s, it chose none".formatted(subprotocols));
    }
  }

  private void refused(ConnectFailure why) {
    decide(why.cause().label(), why.detail());
    finish();
  }

  private void ended(Ending ending) {
    if (stage != Stage.CLOSE) {
      String trouble = sendTrouble == null ? "" : "; " + sendTrouble;
      decide(
          ending.cause().label(),
          "the connection ended before %s arrived: %s%s".formatted(awaited(), ending, trouble));
    } else if (!ending.clean()) {
      boolean ours = ending.cause() == Ending.Cause.CLOSED_BY_US;
      decide(
          ours ? Fault.UNCLEAN_CLOSE.label() : ending.cause().label(),
          "expected a close frame in answer to ours, got " + (ours ? "none" : ending));
    }
    finish();
  }

  /**
   * Before it is open, our deadline and the connection's own timeouts mean the same to whoever
   * counts causes, so they share the label; which of them fires first is a matter of settings.
   */
  private void expired() {
    if (outcome.isDone()) {
      return;
    }
    String cause =
        switch (stage) {
          case START, DNS, TCP, TLS -> ConnectFailure.Cause.CONNECT_TIMEOUT.label();
          case UPGRADE -> ConnectFailure.Cause.UPGRADE_TIMEOUT.label();
          case GREETING, ECHO, PONG, MESSAGE, SILENCE, SCENARIO, HELD, CLOSE ->
              Fault.TIMEOUT.label();
        };
    String trouble = sendTrouble == null ? "" : "; " + sendTrouble;
    String detail =
        "%s did not come within %d ms%s".formatted(awaited(), deadline.toMillis(), trouble);
    decide(cause, detail);
    alarm = timer.after(GRACE, () -> serial.execute(this::finish));
    link().abort(Ending.Cause.LIVENESS_TIMEOUT, "the check's deadline passed: " + detail);
  }

  /** The first verdict wins. */
  private void decide(String cause, String detail) {
    if (failure == null) {
      failure = new Failure(stage, cause, detail);
    }
  }

  private void finish() {
    if (outcome.isDone()) {
      return;
    }
    alarm.run();
    Timeline timeline = link().timeline();
    Duration took = Duration.ofNanos(timer.nanos() - started);
    Evidence evidence = new Evidence(took, timeline.phases(), roundTrips, timeline);
    Failure f = failure;
    outcome.complete(
        f == null
            ? new Outcome.Passed(evidence)
            : new Outcome.Failed(f.stage(), f.cause(), f.detail(), evidence));
  }

  /** Set by the first task, before any other can run. */
  private Link link() {
    if (link == null) {
      throw new IllegalStateException("not dialled");
    }
    return link;
  }

  // What scripts say.

  /** What is waited for from here on. */
  void await(Stage next) {
    stage = next;
    awaited = null;
  }

  /** The same, in words of the script's own. */
  void await(Stage next, String what) {
    stage = next;
    awaited = what;
  }

  private String awaited() {
    return awaited == null ? stage.awaited() : awaited;
  }

  void send(Payload payload) {
    watch(link().send(payload));
  }

  void ping(Bytes data) {
    watch(link().ping(data));
  }

  /**
   * A write may fail before the peer's last words are read: the ending, not the write, says why.
   */
  private void watch(CompletableFuture<Void> sending) {
    var unused =
        sending.exceptionally(
            error -> {
              Throwable cause = error instanceof CompletionException ? error.getCause() : error;
              serial.execute(() -> sendTrouble = "sending failed: " + text(cause));
              return null;
            });
  }

  /** A closed channel's exception has no message of its own. */
  private static String text(@Nullable Throwable cause) {
    String message = cause == null ? null : cause.getMessage();
    return message == null || message.isBlank() ? "the connection was closed" : message;
  }

  /** The answer to what was sent last has arrived, stamped {@code nanos}. */
  void answered(long nanos) {
    roundTrips.add(Duration.ofNanos(nanos - lastSent));
  }

  /** All that was expected has been seen: closes. */
  void done() {
    await(Stage.CLOSE);
    link().close(CloseCode.NORMAL);
  }

  /** Something else was seen: closes as cleanly as after a success. */
  void fail(Fault fault, String detail) {
    decide(fault.label(), detail);
    link().close(CloseCode.NORMAL);
  }
}
