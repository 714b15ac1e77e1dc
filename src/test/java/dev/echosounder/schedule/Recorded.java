package dev.echosounder.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A task that notes what it is told. Single-threaded. */
final class Recorded implements Task {
  private final Supplier<CompletionStage<?>> body;
  final Map<Skip, Long> skips = new EnumMap<>(Skip.class);
  final List<Throwable> defects = new ArrayList<>();
  Duration maxLag = Duration.ZERO;
  long starts;

  Recorded(Supplier<CompletionStage<?>> body) {
    this.body = body;
  }

  static Recorded endingAtOnce() {
    CompletableFuture<String> done = CompletableFuture.completedFuture("done");
    return new Recorded(() -> done);
  }

  @Override
  public CompletionStage<?> start() {
    starts++;
    return body.get();
  }

  @Override
  public void onStart(Duration lag) {
    maxLag = lag.compareTo(maxLag) > 0 ? lag : maxLag;
  }

  @Override
  public void onSkip(Skip reason, long instants) {
    skips.merge(reason, instants, Long::sum);
  }

  @Override
  public void onDefect(Throwable defect) {
    defects.add(defect);
  }
}
