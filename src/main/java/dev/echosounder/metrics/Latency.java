package dev.echosounder.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.time.Duration;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * One histogram of durations, with labels that a reload may change without losing what it counted.
 * Thread-safe.
 */
final class Latency {
  /** A resolution of 9 % per native bucket: below what two runs of a network differ by. */
  private static final int NATIVE_SCHEMA = 3;

  private static final int MAX_NATIVE_BUCKETS = 80;

  private final Catalogue.Row row;
  private final double[] bounds;
  private final Histogram histogram;
  private final @Nullable MeterRegistry push;
  private volatile Labels labels = Labels.EMPTY;

  /** Null if nothing is pushed. */
  private volatile @Nullable Timer timer;

  /**
   * A histogram that has counted nothing.
   *
   * @param bounds the upper bounds of the classic buckets, in seconds; shared, never written to
   * @param push where the same durations go as a Micrometer timer; null if nowhere
   */
  Latency(Catalogue.Row row, double[] bounds, @Nullable MeterRegistry push) {
    this.row = row;
    this.bounds = bounds;
    this.push = push;
    this.histogram =
        Histogram.builder()
            .name(row.name())
            .help(row.help())
            .classicUpperBounds(bounds)
            .nativeInitialSchema(NATIVE_SCHEMA)
            .nativeMaxNumberOfBuckets(MAX_NATIVE_BUCKETS)
            .withoutExemplars()
            .build();
  }

  void record(Duration duration) {
    histogram.observe(duration.toNanos() / 1e9);
    Timer pushed = timer;
    if (pushed != null) {
      pushed.record(duration);
    }
  }

  /** From now on with these labels. */
  synchronized void bind(Labels to) {
    unbind();
    labels = to;
    if (push != null) {
      timer =
          Timer.builder(row.name())
              .description(row.help())
              .tags(tags(to))
              .serviceLevelObjectives(
                  DoubleStream.of(bounds)
                      .mapToObj(b -> Duration.ofNanos(Math.round(b * 1e9)))
                      .toArray(Duration[]::new))
              .register(push);
    }
  }

  synchronized void unbind() {
    Timer pushed = timer;
    if (pushed != null && push != null) {
      push.remove(pushed);
      timer = null;
    }
  }

  private static Tags tags(Labels labels) {
    Tags tags = Tags.empty();
    for (int i = 0; i < labels.size(); i++) {
      tags = tags.and(labels.getName(i), labels.getValue(i));
    }
    return tags;
  }

  /** What it has counted, under its present labels. */
  HistogramDataPointSnapshot snapshot() {
    HistogramDataPointSnapshot bare = histogram.collect().getDataPoints().get(0);
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
