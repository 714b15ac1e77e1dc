package dev.echosounder.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.Labels;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One subject's series of a {@link TallyFamily}: a number for each key of a closed set. No meter
 * object for each series: thousands of kept connections have dozens of them. Thread-safe.
 */
final class Tally<K> {
  private final TallyFamily<K> family;

  /** Reaches an element of {@code values} without an object around each array. */
  private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(long[].class);

  private final long[] values;
  private final Set<K> fromZero;

  /** Guarded by this: where the same numbers are pushed to. */
  private List<Meter> pushed = List.of();

  private volatile Labels labels = Labels.EMPTY;

  /**
   * @param fromZero which keys are exposed before they have counted anything
   */
  Tally(TallyFamily<K> family, Set<K> fromZero) {
    this.family = family;
    this.values = new long[family.keys().size()];
    this.fromZero = fromZero;
  }

  void add(K key, long more) {
    var unused = (long) ELEMENT.getAndAdd(values, family.index(key), more);
  }

  void set(K key, long value) {
    ELEMENT.setVolatile(values, family.index(key), value);
  }

  private static long get(long[] values, int index) {
    return (long) ELEMENT.getVolatile(values, index);
  }

  /** From now on with these labels, besides its own. */
  synchronized void bind(Labels to) {
    unbind();
    labels = to;
    MeterRegistry push = family.push();
    if (push != null) {
      pushed =
          family.keys().stream().filter(fromZero::contains).map(key -> meter(push, key)).toList();
    }
  }

  synchronized void unbind() {
    MeterRegistry push = family.push();
    if (push != null) {
      pushed.forEach(push::remove);
    }
    pushed = List.of();
  }

  private Meter meter(MeterRegistry push, K key) {
    Catalogue.Row row = family.row();
    int index = family.index(key);
    Tags tags = Tags.empty();
    for (Label label : labels.merge(family.own(key))) {
      tags = tags.and(label.getName(), label.getValue());
    }
    return row.type().equals("counter")
        ? FunctionCounter.builder(row.meterName(), values, v -> get(v, index))
            .description(row.help())
            .tags(tags)
            .register(push)
        : Gauge.builder(row.meterName(), values, v -> get(v, index))
            .description(row.help())
            .tags(tags)
            .register(push);
  }

  /** What a scrape sees of it. */
  void each(Consumer<Point> to) {
    Labels bound = labels;
    for (K key : family.keys()) {
      long value = get(values, family.index(key));
      if (value != 0 || fromZero.contains(key)) {
        to.accept(new Point(bound.merge(family.own(key)), value));
      }
    }
  }

  /** One series. */
  record Point(Labels labels, long value) {}
}
