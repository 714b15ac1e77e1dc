package dev.echosounder.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.MetricType;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricFamilyDescriptor;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All histograms of one metric. Thread-safe. */
final class LatencyFamily implements Family {
  /** For what a target is judged by: from below a millisecond, two or three buckets a decade. */
  static final double[] FINE = {.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10};

  /** For what only explains, of which there are many: one bucket a decade. */
  static final double[] COARSE = {.001, .01, .1, 1, 10};

  /** A resolution of 9 % per native bucket: below what two runs of a network differ by. */
  private static final int NATIVE_SCHEMA = 3;

  private static final int MAX_NATIVE_BUCKETS = 80;

  /** A label that nobody sees. */
  private static final String NUMBER = "number";

  private final Catalogue.Row row;
  private final double[] bounds;
  private final @Nullable MeterRegistry push;
  private final Supplier<Stream<Latency>> members;

  /** Of all members, by a number of theirs: a whole histogram for each would hold as much again. */
  private final Histogram histogram;

  /** How many members have been made. */
  private final AtomicInteger made = new AtomicInteger();

  /**
   * @param bounds the upper bounds of the classic buckets, in seconds; shared, never written to
   * @param push where the same durations go as Micrometer timers; null if nowhere
   * @param members those that are exposed, asked for with each scrape
   */
  LatencyFamily(
      Catalogue.Row row,
      double[] bounds,
      @Nullable MeterRegistry push,
      Supplier<Stream<Latency>> members) {
    this.row = row;
    this.bounds = bounds;
    this.push = push;
    this.members = members;
    this.histogram =
        Histogram.builder()
            .name(row.name())
            .help(row.help())
            .classicUpperBounds(bounds)
            .nativeInitialSchema(NATIVE_SCHEMA)
            .nativeMaxNumberOfBuckets(MAX_NATIVE_BUCKETS)
            .withoutExemplars()
            .labelNames(NUMBER)
            .build();
  }

  /** One that has counted nothing and is not exposed before it has. */
  Latency create(Labels own) {
    return new Latency(this, own, made.incrementAndGet());
  }

  /** One without labels of its own that is exposed from the beginning. */
  Latency create() {
    Latency latency = create(Labels.EMPTY);
    latency.appear();
    return latency;
  }

  /** Where the member of this number counts. */
  DistributionDataPoint values(int number) {
    return histogram.labelValues(Integer.toString(number));
  }

  /** What the member of this number has counted is no longer kept. */
  void forget(int number) {
    histogram.remove(Integer.toString(number));
  }

  @Override
  public Catalogue.Row row() {
    return row;
  }

  double[] bounds() {
    return bounds;
  }

  @Nullable MeterRegistry push() {
    return push;
  }

  @Override
  public HistogramSnapshot collect() {
    Map<String, Labels> exposed = new HashMap<>();
    members
        .get()
        .forEach(member -> member.each((number, to) -> exposed.put(Integer.toString(number), to)));
    List<HistogramDataPointSnapshot> points = new ArrayList<>(exposed.size());
    for (HistogramDataPointSnapshot point : histogram.collect().getDataPoints()) {
      Labels labels = exposed.get(point.getLabels().get(NUMBER));
      if (labels != null) {
        points.add(labelled(point, labels));
      }
    }
    return new HistogramSnapshot(metadata(), points);
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

  @Override
  public MetricFamilyDescriptor getMetricFamilyDescriptor() {
    return MetricFamilyDescriptor.of(MetricType.HISTOGRAM, metadata());
  }

  private MetricMetadata metadata() {
    return new MetricMetadata(row.name(), row.help(), Unit.SECONDS);
  }
}
