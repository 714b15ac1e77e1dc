package dev.echosounder.metrics;

import dev.echosounder.check.Outcome;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What a check's outcome costs, and a scrape of 100 checks; {@code benchmarks/micro}. */
@State(Scope.Benchmark)
public class MetricsBench {
  private static final int CHECKS = 100;

  private final Metrics metrics = Metrics.create("bench", null);
  private final Outcome passed = Outcomes.passed(false);
  private final ProbeMetrics one;

  public MetricsBench() {
    var subjects =
        IntStream.range(0, CHECKS)
            .mapToObj(i -> new Subject("target" + i, "echo", Map.of(), false, false))
            .toList();
    metrics.replace(subjects);
    subjects.forEach(subject -> metrics.of(subject).record(passed));
    one = metrics.of(subjects.get(0));
  }

  @TearDown
  public void close() {
    metrics.close();
  }

  @Benchmark
  public void record() {
    one.record(passed);
  }

  @Benchmark
  public Exposition.Page scrape() {
    return metrics.exposition().write(null, null, Set.of());
  }
}
