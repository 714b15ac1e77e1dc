package dev.echosounder.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.Labels;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * One histogram of durations, with labels that a reload may change without losing what it counted.
 * It is made with its first value: most subjects never have most of them. Thread-safe.
 */
final class Latency {
  private final LatencyFamily family;
  private final Labels own;

  /** Written under this. */
  private volatile @Nullable Histogram histogram;

  /** Written under this: null while it is not exposed. */
  private volatile @Nullable Labels labels;

  /** Written under this: null if nothing is pushed. */
  private volatile @Nullable Timer timer;

  /**
   * @param own its labels besides its subject's
   */
  Latency(LatencyFamily family, Labels own) {
    this.family = family;
    this.own = own;
  }

  void record(Duration duration) {
    Histogram made = histogram;
    (made == null ? appear() : made).observe(duration.toNanos() / 1e9);
    Timer pushed = timer;
    if (pushed != null) {
      pushed.record(duration);
    }
  }

  /** From now on it is exposed, with a count of 0 at first. */
  synchronized Histogram appear() {
    Histogram made = histogram;
    if (made == null) {
      made = family.histogram();
      histogram = made;
      push();
    }
    return made;
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
    if (push != null && bound != null && histogram != null) {
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

  /** What a scrape sees of it: one point, or nothing. */
  void each(Consumer<HistogramDataPointSnapshot> to) {
    Histogram made = histogram;
    Labels bound = labels;
    if (made != null && bound != null) {
      to.accept(labelled(made.collect().getDataPoints().get(0), bound.merge(own)));
    }
  }

  private static HistogramDataPointSnapshot labelled(
      HistogramDataPointSnapshot bare, Labels labels) {
    return new HistogramDataPointSnapshot(
        bare.getClassicBuckets(),
        bare.getNativeSchema(),
        bare.getNativeZeroCount(),
        bare.getNativeZeroThreshold(),
        bare.getNativeBucketsForPositiveValues(),
        bare.getNativeBucketsForNegativeValues(),
        bare.getSum(),
        labels,
        bare.getExemplars(),
        bare.getCreatedTimestampMillis());
  }
}
