package dev.echosounder.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.MetricType;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricFamilyDescriptor;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All histograms of one metric; those that are let go vanish from the exposition. Thread-safe. */
final class LatencyFamily implements Collector {
  /** For what a target is judged by: from below a millisecond, two or three buckets a decade. */
  static final double[] FINE = {.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10};

  /** For what only explains, of which there are many: one bucket a decade. */
  static final double[] COARSE = {.001, .01, .1, 1, 10};

  private final Catalogue.Row row;
  private final double[] bounds;
  private final @Nullable MeterRegistry push;
  private final Set<Latency> members = ConcurrentHashMap.newKeySet();

  LatencyFamily(Catalogue.Row row, double[] bounds, @Nullable MeterRegistry push) {
    this.row = row;
    this.bounds = bounds;
    this.push = push;
  }

  /** A new member; not exposed until {@link #expose}. */
  Latency create() {
    return new Latency(row, bounds, push);
  }

  void expose(Latency member) {
    members.add(member);
  }

  void letGo(Latency member) {
    members.remove(member);
    member.unbind();
  }

  @Override
  public HistogramSnapshot collect() {
    return new HistogramSnapshot(metadata(), members.stream().map(Latency::snapshot).toList());
  }

  @Override
  public MetricFamilyDescriptor getMetricFamilyDescriptor() {
    return MetricFamilyDescriptor.of(MetricType.HISTOGRAM, metadata());
  }

  private MetricMetadata metadata() {
    return new MetricMetadata(row.name(), row.help(), Unit.SECONDS);
  }
}
