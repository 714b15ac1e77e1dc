package dev.echosounder.check;

import dev.echosounder.check.IdleLine.Traffic;
import dev.echosounder.ws.ConnectFailure;
import dev.echosounder.ws.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One run of {@link Idle}. Watches its lines until the silent ones are cut and the others have
 * lived a quarter longer, or have not; then lets a survivor be silent almost as long, which proves
 * the lower bound; then closes them all. A state machine like {@link Run}: I/O threads and the
 * timer post to {@link Serial}, so every field is confined to one task at a time.
 */
final class IdleRun implements IdleLine.Watcher {
  private enum State {
    /** Until the cuts are seen, or the patience is over. */
    WATCHING,
    /** Nothing was cut: everyone is asked whether it still lives. */
    CALLING,
    /** A survivor is silent for almost as long as the limit. */
    PROVING,
    CLOSING
  }

  private record Failure(Stage stage, String cause, String detail) {}

  /** How much of the limit a survivor is silent. */
  private static final double PROOF = 0.9;

  /** The second silence begins after this share of the patience. */
  private static final double STAGGER = 0.125;

  /** How long a pong may take before its line counts as dead. */
  private static final Duration ANSWER = Duration.ofSeconds(2);

  private final Serial serial = new Serial();
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private final List<IdleLine> lines = new ArrayList<>();
  private final IdleBeat beat;
  private final List<Runnable> alarms = new ArrayList<>();
  private final IdleLine first = new IdleLine(Traffic.NONE, this);
  private final IdleLine second = new IdleLine(Traffic.NONE, this);
  private final List<String> subprotocols;
  private final Duration deadline;
  private final Duration patience;
  private final Timer timer;
  private final long started;

  private State state = State.WATCHING;
  private Function<IdleLine, Link> dial =
      line -> {
        throw new IllegalStateException("not started");
      };

  /** Calls off the next look at the lines. */
  private Runnable look = () -> {};

  private @Nullable IdleVerdict verdict;
  private @Nullable Failure failure;

  IdleRun(Idle idle, List<String> subprotocols, Duration deadline, Timer timer) {
    this.subprotocols = subprotocols;
    this.deadline = deadline;
    this.patience = idle.patience(deadline);
    this.timer = timer;
    this.started = timer.nanos();
    this.beat = new IdleBeat(lines, idle.send(), timer, serial, () -> state == State.WATCHING);
    lines.add(first);
    lines.add(new IdleLine(Traffic.PING, this));
    lines.add(new IdleLine(Traffic.PONG, this));
    if (idle.send() != null) {
      lines.add(new IdleLine(Traffic.DATA, this));
    }
    lines.add(second);
  }

  /** What the first dial throws is thrown at the caller; nothing has begun then. */
  CompletableFuture<Outcome> start(Function<IdleLine, Link> how) {
    List<RuntimeException> thrown = new ArrayList<>(1);
    serial.execute(
        () -> {
          dial = how;
          try {
            first.link = how.apply(first);
          } catch (RuntimeException e) {
            thrown.add(e);
            return;
          }
          lines.stream().filter(line -> !line.silent()).forEach(this::dial);
          Duration reserve = Idle.times(deadline, 0.2);
          Duration most = Duration.ofSeconds(5);
          reserve = reserve.compareTo(most) < 0 ? reserve : most;
          alarm(Idle.times(patience, STAGGER), () -> dial(second));
          alarm(deadline.minus(reserve), this::lastCall);
          alarm(deadline, this::expired);
        });
    if (!thrown.isEmpty()) {
      throw thrown.get(0);
    }
    return outcome;
  }

  private void alarm(Duration delay, Runnable task) {
    alarms.add(timer.after(delay, () -> serial.execute(task)));
  }

  private void dial(IdleLine line) {
    if (state != State.WATCHING || line.dialled()) {
      return;
    }
    try {
      line.link = dial.apply(line);
    } catch (RuntimeException e) {
      // The first dial had the same options: a file they name has vanished meanwhile.
      line.refused = true;
      fail(Stage.START, ConnectFailure.Cause.LOCAL_ERROR.label(), String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void happened(IdleLine line, Event event) {
    serial.execute(() -> on(line, event));
  }

  @Override
  public void opened(IdleLine line) {
    serial.execute(() -> onOpen(line));
  }

  private void on(IdleLine line, Event event) {
    Stage stage = line.stage;
    line.on(event);
    if (outcome.isDone()) {
      return;
    }
    if (state == State.CLOSING || line.closing) {
      finishIfOver();
    } else if (event instanceof Event.Refused refused) {
      fail(stage, refused.failure().cause().label(), refused.failure().detail());
    } else if (event instanceof Event.Upgraded upgraded
        && upgraded.subprotocol() == null
        && !subprotocols.isEmpty()) {
      fail(
          stage,
          ConnectFailure.Cause.SUBPROTOCOL.label(),
          "expected the server to choose one of %s, it chose none".formatted(subprotocols));
    } else if (event instanceof Event.Ended ended && !line.cut()) {
      fail(line.stage, ended.ending().cause().label(), "a connection broke: " + ended.ending());
    } else if (event instanceof Event.Ended || event instanceof Event.Received) {
      look();
    }
  }

  private void onOpen(IdleLine line) {
    line.open = !line.over();
    if (state == State.CLOSING) {
      line.close();
    } else if (line == first) {
      later(patience.toNanos());
    } else if (!line.silent()) {
      beat.start(line);
    }
  }

  private void later(long nanos) {
    look.run();
    look = timer.after(Duration.ofNanos(Math.max(0, nanos)), () -> serial.execute(this::look));
  }

  /** Something has happened, or it is time. */
  private void look() {
    long now = timer.nanos();
    boolean answered = lines.stream().noneMatch(line -> line.open && line.unanswered());
    switch (state) {
      case WATCHING -> watch(now);
      case CALLING, PROVING -> {
        if (answered) {
          conclude();
        }
      }
      case CLOSING -> {}
    }
  }

  private void watch(long now) {
    long limit = IdleVerdict.limit(lines, now);
    if (limit < 0) {
      long left = patience.toNanos() - first.age(now);
      if (first.open && left <= 0) {
        call();
      } else if (first.open) {
        later(left);
      }
      return;
    }
    dial(second);
    long horizon = limit + IdleVerdict.margin(limit);
    long wait = 0;
    for (IdleLine line : lines) {
      if (!line.over()) {
        wait = Math.max(wait, line.open ? horizon - line.age(now) : horizon);
      }
    }
    if (wait > 0) {
      later(wait);
    } else {
      judge();
    }
  }

  private void call() {
    state = State.CALLING;
    long now = timer.nanos();
    lines.forEach(line -> line.ask(now));
    alarm(
        ANSWER,
        () -> {
          if (state == State.CALLING) {
            judge();
          }
        });
    look();
  }

  private void conclude() {
    if (state == State.CALLING) {
      judge();
    } else {
      close();
    }
  }

  private void judge() {
    long now = timer.nanos();
    IdleVerdict found = IdleVerdict.of(lines, first, state == State.CALLING, now);
    verdict = found;
    IdleLine survivor = found.survivor();
    if (survivor == null) {
      close();
      return;
    }
    state = State.PROVING;
    lines.stream().filter(line -> line != survivor).forEach(IdleLine::close);
    survivor.next.run();
    long wait = Math.round(found.limit() * PROOF) - survivor.silence(now);
    survivor.expectAnswer();
    alarm(Duration.ofNanos(Math.max(0, wait)), () -> prove(survivor));
  }

  private void prove(IdleLine survivor) {
    if (state == State.PROVING) {
      survivor.ask(timer.nanos());
    }
  }

  /** The closing handshakes need the rest of the time. */
  private void lastCall() {
    if (state == State.PROVING) {
      close();
    } else if (state != State.CLOSING && first.dialled() && (first.open || first.over())) {
      judge();
      close();
    }
  }

  private void fail(Stage stage, String cause, String detail) {
    if (failure == null) {
      failure = new Failure(stage, cause, detail);
    }
    close();
  }

  private void close() {
    state = State.CLOSING;
    look.run();
    lines.forEach(IdleLine::close);
    finishIfOver();
  }

  private void expired() {
    if (outcome.isDone()) {
      return;
    }
    if (verdict == null && failure == null) {
      String cause =
          switch (first.stage) {
            case START, DNS, TCP, TLS -> ConnectFailure.Cause.CONNECT_TIMEOUT.label();
            case UPGRADE -> ConnectFailure.Cause.UPGRADE_TIMEOUT.label();
            default -> Fault.TIMEOUT.label();
          };
      failure =
          new Failure(
              first.stage,
              cause,
              "%s did not come within %d ms".formatted(first.stage.awaited(), deadline.toMillis()));
    }
    state = State.CLOSING;
    alarm(Run.GRACE, this::finish);
    lines.forEach(IdleLine::abort);
  }

  private void finishIfOver() {
    if (lines.stream().allMatch(line -> !line.dialled() || line.over())) {
      finish();
    }
  }

  private void finish() {
    Link link = first.link;
    if (outcome.isDone() || link == null) {
      return;
    }
    alarms.forEach(Runnable::run);
    look.run();
    lines.forEach(line -> line.next.run());
    Duration took = Duration.ofNanos(timer.nanos() - started);
    Failure f = failure;
    IdleFinding finding = f != null || verdict == null ? null : verdict.finding(lines);
    Evidence evidence =
        new Evidence(took, link.timeline().phases(), List.of(), link.timeline(), finding);
    outcome.complete(
        f == null
            ? new Outcome.Passed(evidence)
            : new Outcome.Failed(f.stage(), f.cause(), f.detail(), evidence));
  }
}
