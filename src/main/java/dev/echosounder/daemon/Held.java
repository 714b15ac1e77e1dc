package dev.echosounder.daemon;

import dev.echosounder.check.Evidence;
import dev.echosounder.check.Outcome;
import dev.echosounder.check.Stage;
import dev.echosounder.config.ConfiguredCheck;
import dev.echosounder.config.ConfiguredTarget;
import dev.echosounder.hold.Direction;
import dev.echosounder.hold.Ended;
import dev.echosounder.hold.Hold;
import dev.echosounder.hold.HoldListener;
import dev.echosounder.hold.Keeper;
import dev.echosounder.metrics.HoldMetrics;
import dev.echosounder.report.Transcript;
import dev.echosounder.web.Status;
import dev.echosounder.ws.CloseCode;
import dev.echosounder.ws.ConnectFailure;
import dev.echosounder.ws.Ending;
import dev.echosounder.ws.Frame;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One kept connection of the daemon: what it tells goes to metrics, history, log and status. */
final class Held implements HoldListener {
  private static final Logger LOG = LoggerFactory.getLogger("dev.echosounder.state");

  /** So many frames stand in the line that tells a drop. */
  private static final int LAST_WORDS = 6;

  private final CheckTask.Tools tools;
  private final ConfiguredTarget target;
  private final ConfiguredCheck check;
  private final HoldMetrics metrics;

  /** Confined to the keeper's order. */
  private final Drops drops = new Drops();

  private volatile Status.Held status = drops.status(false, Instant.now(), null);

  /** Why it could not connect, as last logged; confined to the keeper's order. */
  private String refusal = "";

  /** Guarded by this. */
  private @Nullable Keeper keeper;

  /** Guarded by this: from here on nothing of it is remembered. */
  private boolean stopped;

  Held(CheckTask.Tools tools, ConfiguredTarget target, ConfiguredCheck check, HoldMetrics metrics) {
    this.tools = tools;
    this.target = target;
    this.check = check;
    this.metrics = metrics;
  }

  Status.Held status() {
    return status;
  }

  /** Starts once {@code former}, a connection that it replaces, is over. */
  void startAfter(CompletableFuture<Void> former) {
    former.thenRun(this::start);
  }

  private synchronized void start() {
    if (!stopped) {
      Keeper.Settings settings =
          new Keeper.Settings((Hold) check.check(), check.interval(), check.timeout());
      keeper = Keeper.start(tools.keepers(), () -> tools.limits().endpoint(target), settings, this);
    }
  }

  /** Closes it with this code; completes when it is over. */
  synchronized CompletableFuture<Void> stop(int code) {
    stopped = true;
    return keeper == null ? CompletableFuture.completedFuture(null) : keeper.stop(code);
  }

  /** The run's id; 0 if nothing is remembered any more. */
  private synchronized long remember(Instant start, Outcome outcome) {
    return stopped ? 0 : tools.history().add(target.name(), check.name(), start, outcome);
  }

  @Override
  public void onAttempt() {
    metrics.onAttempt();
  }

  @Override
  public void onOpened(Evidence evidence) {
    metrics.onOpened(evidence);
    Instant now = Instant.now();
    status = drops.status(true, now, status.heartbeat());
    remember(now.minus(evidence.took()), new Outcome.Passed(evidence));
    if (!refusal.isEmpty()) {
      LOG.info("{} {} is open again, after {}", target.name(), check.name(), refusal);
      refusal = "";
    }
  }

  @Override
  public void onRefused(Stage stage, ConnectFailure failure, Evidence evidence) {
    metrics.onRefused(stage, failure, evidence);
    String cause = failure.cause().label();
    remember(
        Instant.now().minus(evidence.took()),
        new Outcome.Failed(stage, cause, failure.detail(), evidence));
    if (!cause.equals(refusal)) {
      String detail = tools.redact().apply(failure.detail());
      LOG.warn(
          "{} {} can't connect: {} at {}: {}",
          target.name(),
          check.name(),
          cause,
          stage.label(),
          detail);
      refusal = cause;
    }
  }

  @Override
  public void onEnded(Ended ended) {
    metrics.onEnded(ended);
    Ending ending = ended.ending();
    String cause = ending.cause().label();
    Instant now = Instant.now();
    boolean drop = ending.isDrop();
    if (drop) {
      String detail =
          "%s; %s old, last frame sent %s and received %s before"
              .formatted(
                  ending,
                  seconds(ended.age()),
                  seconds(ended.sinceSent()),
                  seconds(ended.sinceReceived()));
      long run = remember(now, new Outcome.Failed(Stage.HELD, cause, detail, ended.evidence()));
      drops.add(
          new Status.Drop(
              now, cause, ending.code(), ended.age(), ended.sinceReceived(), null, run));
      log(ended);
    }
    status = drops.status(false, now, status.heartbeat());
  }

  /** One line for each drop, with what a person or a machine would ask first. */
  private void log(Ended ended) {
    Ending ending = ended.ending();
    String frames = Transcript.lastFrames(ended.evidence().timeline(), LAST_WORDS);
    LOG.atWarn()
        .addKeyValue("target", target.name())
        .addKeyValue("check", check.name())
        .addKeyValue("cause", ending.cause().label())
        .addKeyValue("code", CloseCode.describe(ending.code()))
        .addKeyValue("reason", tools.redact().apply(ending.reason()))
        .addKeyValue("age", seconds(ended.age()))
        .addKeyValue("since_sent", seconds(ended.sinceSent()))
        .addKeyValue("since_received", seconds(ended.sinceReceived()))
        .addKeyValue("frames", tools.redact().apply(frames))
        .log("connection dropped");
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.3f s", duration.toNanos() / 1e9);
  }

  @Override
  public void onRecovered(Duration afterDrop) {
    metrics.onRecovered(afterDrop);
    drops.recovered(afterDrop);
    status = drops.status(status.open(), status.since(), status.heartbeat());
    LOG.atInfo()
        .addKeyValue("target", target.name())
        .addKeyValue("check", check.name())
        .addKeyValue("after", seconds(afterDrop))
        .log("connection recovered");
  }

  @Override
  public void onHeartbeat(Duration roundTrip) {
    metrics.onHeartbeat(roundTrip);
    status = status.withHeartbeat(roundTrip);
  }

  @Override
  public void onFrame(Direction direction, Frame frame) {
    metrics.onFrame(direction, frame);
  }
}
