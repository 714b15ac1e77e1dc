package dev.echosounder.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.prometheus.metrics.model.registry.MetricType;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricFamilyDescriptor;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All series of one counter or gauge whose own labels have a closed set of values. Thread-safe.
 *
 * @param <K> stands for one combination of own labels
 */
final class TallyFamily<K> implements Family {
  /** When a series was created: we don't tell. */
  private static final long UNKNOWN = 0;

  private final Catalogue.Row row;
  private final List<K> keys;
  private final Map<K, Integer> indexes = new HashMap<>();
  private final List<Labels> own;
  private final @Nullable MeterRegistry push;
  private final Supplier<Stream<Tally<K>>> members;

  /**
   * No series yet.
   *
   * @param own the labels that stand for a key
   * @param members those that are exposed, asked for with each scrape
   */
  TallyFamily(
      Catalogue.Row row,
      List<K> keys,
      Function<K, Labels> own,
      @Nullable MeterRegistry push,
      Supplier<Stream<Tally<K>>> members) {
    this.row = row;
    this.keys = List.copyOf(keys);
    this.own = keys.stream().map(own).toList();
    this.push = push;
    this.members = members;
    keys.forEach(key -> indexes.put(key, indexes.size()));
  }

  /** One subject's series with nothing counted. */
  Tally<K> create(Set<K> fromZero) {
    return new Tally<>(this, fromZero);
  }

  /** One subject's series with nothing counted, all exposed from the beginning. */
  Tally<K> create() {
    return create(indexes.keySet());
  }

  @Override
  public Catalogue.Row row() {
    return row;
  }

  List<K> keys() {
    return keys;
  }

  /**
   * @throws NullPointerException if it is none of the keys
   */
  int index(K key) {
    return Objects.requireNonNull(indexes.get(key));
  }

  Labels own(K key) {
    return own.get(index(key));
  }

  @Nullable MeterRegistry push() {
    return push;
  }

  @Override
  public MetricSnapshot collect() {
    return counts() ? counter() : gauge();
  }

  private CounterSnapshot counter() {
    List<CounterSnapshot.CounterDataPointSnapshot> points = new ArrayList<>();
    each(
        (labels, value) ->
            points.add(new CounterSnapshot.CounterDataPointSnapshot(value, labels, null, UNKNOWN)));
    return new CounterSnapshot(metadata(), points);
  }

  private GaugeSnapshot gauge() {
    List<GaugeSnapshot.GaugeDataPointSnapshot> points = new ArrayList<>();
    each(
        (labels, value) ->
            points.add(new GaugeSnapshot.GaugeDataPointSnapshot(value, labels, null)));
    return new GaugeSnapshot(metadata(), points);
  }

  private void each(Tally.Sink sink) {
    members.get().forEach(member -> member.each(sink));
  }

  @Override
  public MetricFamilyDescriptor getMetricFamilyDescriptor() {
    return MetricFamilyDescriptor.of(counts() ? MetricType.COUNTER : MetricType.GAUGE, metadata());
  }

  /** A counter, not a gauge. */
  boolean counts() {
    return row.type().equals("counter");
  }

  private MetricMetadata metadata() {
    return new MetricMetadata(row.meterName(), row.help());
  }
}
