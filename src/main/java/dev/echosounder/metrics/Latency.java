package dev.echosounder.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.Labels;
import java.time.Duration;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * One subject's series of a {@link LatencyFamily}, with labels that a reload may change without
 * losing what it counted. Its buckets are made with its first value: most subjects never have most
 * of them. Thread-safe.
 */
final class Latency {
  /** What a scrape sees of it. */
  interface Sink {
    void accept(int number, Labels labels);
  }

  private final LatencyFamily family;
  private final Labels own;
  private final int number;

  /** Written under this: null before its first value. */
  private volatile @Nullable DistributionDataPoint values;

  /** Guarded by this: no longer wanted by anybody. */
  private boolean forgotten;

  /** Written under this: null while it is not exposed. */
  private volatile @Nullable Labels labels;

  /** Written under this: null if nothing is pushed. */
  private volatile @Nullable Timer timer;

  /**
   * @param own its labels besides its subject's
   * @param number no other of the family has it
   */
  Latency(LatencyFamily family, Labels own, int number) {
    this.family = family;
    this.own = own;
    this.number = number;
  }

  void record(Duration duration) {
    if (values == null) {
      appear();
    }
    DistributionDataPoint made = values;
    if (made != null) {
      made.observe(duration.toNanos() / 1e9);
    }
    Timer pushed = timer;
    if (pushed != null) {
      pushed.record(duration);
    }
  }

  /** From now on it is exposed, with a count of 0 at first. */
  synchronized void appear() {
    if (values == null && !forgotten) {
      values = family.values(number);
      push();
    }
  }

  /** From now on with these labels, besides its own. */
  synchronized void bind(Labels to) {
    unbind();
    labels = to;
    push();
  }

  synchronized void unbind() {
    MeterRegistry push = family.push();
    Timer pushed = timer;
    if (push != null && pushed != null) {
      push.remove(pushed);
      timer = null;
    }
    labels = null;
  }

  private void push() {
    MeterRegistry push = family.push();
    Labels bound = labels;
    if (push != null && bound != null && values != null) {
      timer =
          Timer.builder(family.row().name())
              .description(family.row().help())
              .tags(tags(bound.merge(own)))
              .serviceLevelObjectives(
                  DoubleStream.of(family.bounds())
                      .mapToObj(b -> Duration.ofNanos(Math.round(b * 1e9)))
                      .toArray(Duration[]::new))
              .register(push);
    }
  }

  /** Prometheus' labels as Micrometer's. */
  static Tags tags(Labels labels) {
    Tags tags = Tags.empty();
    for (Label label : labels) {
      tags = tags.and(label.getName(), label.getValue());
    }
    return tags;
  }

  /** What it counted is let go, for good; a run that ends after that is not counted. */
  synchronized void forget() {
    unbind();
    forgotten = true;
    if (values != null) {
      family.forget(number);
    }
  }

  void each(Sink to) {
    Labels bound = labels;
    if (values != null && bound != null) {
      to.accept(number, bound.merge(own));
    }
  }
}
