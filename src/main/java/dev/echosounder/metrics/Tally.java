package dev.echosounder.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One subject's series of a {@link TallyFamily}: a number for each key of a closed set. No meter
 * object for each series: thousands of kept connections have dozens of them. Thread-safe.
 */
final class Tally<K> {
  private final TallyFamily<K> family;
  private final AtomicLongArray values;
  private final Predicate<K> fromZero;

  /** Guarded by this: where the same numbers are pushed to. */
  private List<Meter> pushed = List.of();

  private volatile Labels labels = Labels.EMPTY;

  /**
   * @param fromZero which keys are exposed before they have counted anything
   */
  Tally(TallyFamily<K> family, Predicate<K> fromZero) {
    this.family = family;
    this.values = new AtomicLongArray(family.keys().size());
    this.fromZero = fromZero;
  }

  void add(K key, long more) {
    values.addAndGet(family.index(key), more);
  }

  void set(K key, long value) {
    values.set(family.index(key), value);
  }

  /** From now on with these labels, besides its own. */
  synchronized void bind(Labels to) {
    unbind();
    labels = to;
    MeterRegistry push = family.push();
    if (push != null) {
      pushed = family.keys().stream().filter(fromZero).map(key -> meter(push, key)).toList();
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
        ? FunctionCounter.builder(row.meterName(), values, v -> v.get(index))
            .description(row.help())
            .tags(tags)
            .register(push)
        : Gauge.builder(row.meterName(), values, v -> v.get(index))
            .description(row.help())
            .tags(tags)
            .register(push);
  }

  /** What a scrape sees of it. */
  void each(Consumer<Point> to) {
    Labels bound = labels;
    for (K key : family.keys()) {
      long value = values.get(family.index(key));
      if (value != 0 || fromZero.test(key)) {
        to.accept(new Point(bound.merge(family.own(key)), value));
      }
    }
  }

  /** One series. */
  record Point(Labels labels, long value) {}
}
