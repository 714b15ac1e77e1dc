package dev.echosounder.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.prometheus.metrics.model.snapshots.Labels;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One subject's series of a {@link TallyFamily}: a number for each key of a closed set. No meter
 * object for each series: thousands of subjects have dozens of them. Thread-safe.
 */
final class Tally<K> {
  /** What a scrape sees of each series. */
  interface Sink {
    void accept(Labels labels, double value);
  }

  /** Reaches an element of {@code values} without an object around each array. */
  private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(long[].class);

  private final TallyFamily<K> family;

  /**
   * Counts; of a gauge, the complement of the double's bits. So an array of zeros has counted
   * nothing, or is a gauge that is not a number: not set yet.
   */
  private final long[] values;

  private final Set<K> fromZero;

  /** Guarded by this: where the same numbers are pushed to; empty if they are not. */
  private Map<K, Meter> pushed = Map.of();

  /** Written under this: null while it is not exposed. */
  private volatile @Nullable Labels labels;

  /**
   * @param fromZero which keys of a counter are exposed before they have counted anything
   */
  Tally(TallyFamily<K> family, Set<K> fromZero) {
    this.family = family;
    this.values = new long[family.keys().size()];
    this.fromZero = fromZero;
  }

  /** Of a counter. */
  void add(K key, long more) {
    var unused = (long) ELEMENT.getAndAdd(values, family.index(key), more);
    appear(key);
  }

  /** Of a gauge, which is exposed from its first value on: a 0 before that would be an alarm. */
  void set(K key, double value) {
    ELEMENT.setVolatile(values, family.index(key), ~Double.doubleToRawLongBits(value));
    appear(key);
  }

  private double value(int index) {
    long bits = (long) ELEMENT.getVolatile(values, index);
    return family.counts() ? bits : Double.longBitsToDouble(~bits);
  }

  private boolean exposed(K key) {
    double value = value(family.index(key));
    return family.counts() ? value != 0 || fromZero.contains(key) : !Double.isNaN(value);
  }

  /** From now on with these labels, besides its own. */
  synchronized void bind(Labels to) {
    unbind();
    labels = to;
    if (family.push() != null) {
      pushed = new HashMap<>();
      family.keys().stream().filter(this::exposed).forEach(this::appear);
    }
  }

  synchronized void unbind() {
    MeterRegistry push = family.push();
    if (push != null) {
      pushed.values().forEach(push::remove);
    }
    pushed = Map.of();
    labels = null;
  }

  private void appear(K key) {
    MeterRegistry push = family.push();
    if (push != null) {
      push(push, key);
    }
  }

  private synchronized void push(MeterRegistry push, K key) {
    Labels bound = labels;
    if (bound != null && !pushed.containsKey(key)) {
      pushed.put(key, meter(push, key, Latency.tags(bound.merge(family.own(key)))));
    }
  }

  private Meter meter(MeterRegistry push, K key, Tags tags) {
    Catalogue.Row row = family.row();
    int index = family.index(key);
    return family.counts()
        ? FunctionCounter.builder(row.meterName(), this, t -> t.value(index))
            .description(row.help())
            .tags(tags)
            .register(push)
        : Gauge.builder(row.meterName(), this, t -> t.value(index))
            .description(row.help())
            .baseUnit(row.meterUnit())
            .tags(tags)
            .register(push);
  }

  void each(Sink sink) {
    Labels bound = labels;
    if (bound == null) {
      return;
    }
    for (K key : family.keys()) {
      if (exposed(key)) {
        sink.accept(bound.merge(family.own(key)), value(family.index(key)));
      }
    }
  }
}
