package dev.echosounder.scenario;

import dev.echosounder.check.Evidence;
import dev.echosounder.check.Fault;
import dev.echosounder.check.Outcome;
import dev.echosounder.check.Stage;
import dev.echosounder.check.Timer;
import dev.echosounder.ws.Client;
import dev.echosounder.ws.ConnectFailure;
import dev.echosounder.ws.Connection;
import dev.echosounder.ws.Ending;
import dev.echosounder.ws.Target;
import dev.echosounder.ws.Timeline;
import io.cucumber.plugin.event.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One run of a scenario as a check. Its deadline comes from a timer; the steps have a thread. */
final class ScenarioRun implements ScenarioRunner.Watcher {
  /** Steps block; so many may at once. */
  private static final int MOST_THREADS = 16;

  /** So many runs may wait for a thread, each until its own deadline. */
  private static final int MOST_WAITING = 10_000;

  /** Threads that nobody needs end, so that a daemon that closes leaves none. */
  private static final ThreadPoolExecutor THREADS =
      new ThreadPoolExecutor(
          MOST_THREADS,
          MOST_THREADS,
          1,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(MOST_WAITING),
          task -> {
            Thread thread = new Thread(task, "echosounder-scenario");
            thread.setDaemon(true);
            return thread;
          });

  static {
    THREADS.allowCoreThreadTimeOut(true);
  }

  /** Runners that are idle: at most as many as there are threads. Guarded by itself. */
  private static final Deque<ScenarioRunner> IDLE = new ArrayDeque<>();

  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private final Path file;
  private final ScenarioRunner.Parsed scenario;
  private final DefaultTarget.Bound bound;
  private final Duration deadline;
  private final Timer timer;
  private final long started;

  /** Guarded by this: the thread that may be interrupted, as long as it is ours. */
  private @Nullable Thread worker;

  /** Guarded by this. */
  private boolean expired;

  /** Written by the worker; the deadline reads it. */
  private volatile String step = "the scenario's first step";

  private @Nullable String failure;

  ScenarioRun(
      Path file,
      ScenarioRunner.Parsed scenario,
      Client client,
      Target target,
      Duration deadline,
      Timer timer) {
    this.file = file;
    this.scenario = scenario;
    this.bound = new DefaultTarget.Bound(target, client);
    this.deadline = deadline;
    this.timer = timer;
    this.started = timer.nanos();
  }

  CompletableFuture<Outcome> start() {
    Runnable alarm = timer.after(deadline, this::expire);
    try {
      THREADS.execute(this::work);
    } catch (RejectedExecutionException e) {
      outcome.complete(new Outcome.Skipped("too many scenarios wait for a thread"));
    }
    return outcome.whenComplete((done, defect) -> alarm.run());
  }

  private void work() {
    synchronized (this) {
      if (expired) {
        return;
      }
      worker = Thread.currentThread();
    }
    ScenarioRunner runner = taken();
    boolean passed = false;
    RuntimeException defect = null;
    DefaultTarget.Binding binding = DefaultTarget.bind(bound);
    try {
      passed = runner.run(scenario, this);
    } catch (RuntimeException e) {
      defect = e;
    } finally {
      binding.close();
    }
    synchronized (this) {
      worker = null;
      // Late, and meant for this run alone.
      var unused = Thread.interrupted();
    }
    synchronized (IDLE) {
      IDLE.push(runner);
    }
    if (defect != null) {
      outcome.completeExceptionally(defect);
    } else {
      outcome.complete(passed ? new Outcome.Passed(evidence()) : failed());
    }
  }

  private static ScenarioRunner taken() {
    synchronized (IDLE) {
      ScenarioRunner kept = IDLE.poll();
      if (kept != null) {
        return kept;
      }
    }
    return ScenarioRunner.create();
  }

  /** On the timer's thread: says so at once, and frees the thread by and by. */
  private void expire() {
    Thread busy;
    synchronized (this) {
      expired = true;
      busy = worker;
    }
    if (busy == null) {
      outcome.complete(new Outcome.Skipped("no thread was free for the scenario in time"));
      return;
    }
    String late = "%s did not end within %d ms".formatted(step, deadline.toMillis());
    bound
        .connections()
        .forEach(c -> c.abort(Ending.Cause.LIVENESS_TIMEOUT, "the check's deadline passed"));
    String cause = Fault.TIMEOUT.label();
    outcome.complete(new Outcome.Failed(Stage.SCENARIO, cause, late, evidence()));
    synchronized (this) {
      if (worker != null) {
        worker.interrupt();
      }
    }
  }

  @Override
  public void begins(String text, int line) {
    step = "%s:%d: %s".formatted(file.getFileName(), line, text);
  }

  @Override
  public void failed(Status status, @Nullable Throwable error) {
    if (failure == null) {
      String why = error == null ? "the step is " + status : String.valueOf(error.getMessage());
      failure = step + ": " + words(why);
    }
  }

  /** What a build would print of it, without the timeline, which is kept beside. */
  private static String words(String message) {
    return message
        .lines()
        .takeWhile(line -> !line.startsWith("  timeline of"))
        .skip(message.startsWith("expected ") && message.contains("\n  expected:") ? 1 : 0)
        .map(line -> line.strip().replaceAll(": {2,}", ": "))
        .collect(Collectors.joining("; "));
  }

  private Outcome failed() {
    String detail = failure == null ? "the scenario did not pass" : failure;
    return new Outcome.Failed(Stage.SCENARIO, cause(), detail, evidence());
  }

  /** A connection that failed or dropped is the cause of whatever did not come after it. */
  private String cause() {
    for (Connection connection : bound.connections()) {
      if (connection.opened().getNow(null) instanceof ConnectFailure refused) {
        return refused.cause().label();
      }
      Ending ending = connection.ended().getNow(null);
      if (ending != null && ending.isDrop()) {
        return ending.cause().label();
      }
    }
    return Fault.UNMET_EXPECTATION.label();
  }

  /** The first connection's: what a scenario with several does is in its words. */
  private Evidence evidence() {
    List<Connection> connections = bound.connections();
    Timeline timeline = connections.isEmpty() ? Timeline.empty() : connections.get(0).timeline();
    Duration took = Duration.ofNanos(timer.nanos() - started);
    return new Evidence(took, timeline.phases(), List.of(), timeline);
  }
}
