package dev.echosounder.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The counters and gauges of one subject. The registry takes only meters of the same label names
 * for one metric, so when a reload brings new names, all sets are unbound and bound again; the
 * counts live in adders outside of the meters and survive that. Thread-safe.
 */
final class MeterSet {
  private final MeterRegistry registry;

  /** Guarded by this. */
  private final List<Function<Tags, Meter>> declared = new ArrayList<>();

  /** Guarded by this. */
  private final List<Meter> registered = new ArrayList<>();

  /** Guarded by this: null while unbound, when declarations only wait. */
  private @Nullable Tags tags;

  MeterSet(MeterRegistry registry) {
    this.registry = registry;
  }

  synchronized void bind(Tags common) {
    tags = common;
    declared.forEach(meter -> registered.add(meter.apply(common)));
  }

  synchronized void unbind() {
    tags = null;
    registered.forEach(registry::remove);
    registered.clear();
  }

  /** The caller keeps {@code count}: the registry holds it weakly. */
  void counter(Catalogue.Row row, Tags own, LongAdder count) {
    declare(
        common ->
            FunctionCounter.builder(row.meterName(), count, LongAdder::sum)
                .description(row.help())
                .tags(common.and(own))
                .register(registry));
  }

  void gauge(Catalogue.Row row, Tags own, DoubleSupplier value) {
    declare(
        common ->
            Gauge.builder(row.meterName(), value::getAsDouble)
                .description(row.help())
                .baseUnit(row.meterUnit())
                .tags(common.and(own))
                .register(registry));
  }

  private synchronized void declare(Function<Tags, Meter> meter) {
    declared.add(meter);
    if (tags != null) {
      registered.add(meter.apply(tags));
    }
  }
}
