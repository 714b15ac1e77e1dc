package dev.echosounder.daemon;

import dev.echosounder.check.Outcome;
import dev.echosounder.config.ConfiguredCheck;
import dev.echosounder.config.ConfiguredTarget;
import dev.echosounder.hold.Keeper;
import dev.echosounder.metrics.ProbeMetrics;
import dev.echosounder.metrics.SelfMetrics;
import dev.echosounder.schedule.Skip;
import dev.echosounder.schedule.Task;
import dev.echosounder.web.History;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One check of one target, as the schedule runs it: its outcome goes to metrics and history. */
final class CheckTask implements Task {
  private static final Logger LOG = LoggerFactory.getLogger("dev.echosounder.state");

  /** What all checks of a daemon share. */
  record Tools(
      Keeper.Shared keepers,
      LearntLimits limits,
      SelfMetrics self,
      History history,
      UnaryOperator<String> redact) {}

  private final Tools tools;
  private final ConfiguredTarget target;
  private final ConfiguredCheck check;
  private final ProbeMetrics metrics;

  /** The last cause that was logged, empty for passed; null before the first run. */
  private final AtomicReference<String> state;

  CheckTask(
      Tools tools,
      ConfiguredTarget target,
      ConfiguredCheck check,
      ProbeMetrics metrics,
      AtomicReference<String> state) {
    this.tools = tools;
    this.target = target;
    this.check = check;
    this.metrics = metrics;
    this.state = state;
  }

  @Override
  public CompletionStage<?> start() {
    Instant start = Instant.now();
    return check
        .check()
        .run(tools.keepers().client(), target.endpoint(), check.timeout(), tools.keepers().timer())
        .thenAccept(outcome -> ended(start, outcome));
  }

  private void ended(Instant start, Outcome outcome) {
    metrics.record(outcome);
    tools.limits().learn(target.name(), outcome);
    tools.history().add(target.name(), check.name(), start, outcome);
    String now = outcome instanceof Outcome.Failed failed ? failed.cause() : "";
    String before = state.getAndSet(now);
    if (outcome instanceof Outcome.Failed failed && !now.equals(before)) {
      LOG.warn(
          "{} {} failed: {} at {}: {}",
          target.name(),
          check.name(),
          failed.cause(),
          failed.stage().label(),
          tools.redact().apply(failed.detail()));
    } else if (outcome instanceof Outcome.Passed && before != null && !before.isEmpty()) {
      LOG.info("{} {} passes again, after {}", target.name(), check.name(), before);
    }
  }

  @Override
  public void onStart(Duration lag) {
    tools.self().lag(lag);
  }

  @Override
  public void onSkip(Skip reason, long instants) {
    metrics.skipped(reason.label(), instants);
  }

  @Override
  public void onDefect(Throwable defect) {
    LOG.error("{} {}: a fault of our own", target.name(), check.name(), defect);
  }
}
