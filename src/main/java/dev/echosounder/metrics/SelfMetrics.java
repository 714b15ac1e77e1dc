package dev.echosounder.metrics;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Labels;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How the daemon itself fares. Thread-safe, does not block. */
public final class SelfMetrics {
  private final Latency lag;
  private final Latency pause;
  private volatile boolean reloaded;
  private volatile double reloadedAt;

  SelfMetrics(
      Catalogue catalogue,
      MeterRegistry meters,
      PrometheusRegistry registry,
      @Nullable MeterRegistry push,
      String version) {
    this.lag = alone(catalogue.claim("echosounder_schedule_lag_seconds"), registry, push);
    this.pause = alone(catalogue.claim("echosounder_pause_seconds"), registry, push);
    build(catalogue.claim("echosounder_build_info"), registry, version);
    gauge(
        catalogue.claim("echosounder_config_last_reload_successful"),
        meters,
        () -> reloaded ? 1 : 0);
    gauge(
        catalogue.claim("echosounder_config_last_reload_success_timestamp_seconds"),
        meters,
        () -> reloadedAt);
    cpu(catalogue.claim("process_cpu_seconds_total"), meters);
  }

  private static void gauge(Catalogue.Row row, MeterRegistry meters, Supplier<Number> value) {
    Gauge.builder(row.meterName(), value)
        .description(row.help())
        .baseUnit(row.meterUnit())
        .register(meters);
  }

  private static void cpu(Catalogue.Row row, MeterRegistry meters) {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
      FunctionCounter.builder(row.meterName(), system, s -> s.getProcessCpuTime() / 1e9)
          .description(row.help())
          .register(meters);
    }
  }

  /** On the Prometheus client: Micrometer takes {@code _info} off a gauge's name. */
  private static void build(Catalogue.Row row, PrometheusRegistry registry, String version) {
    Info.builder()
        .name(row.name())
        .help(row.help())
        .labelNames("version", "java")
        .register(registry)
        .setLabelValues(version, Runtime.version().toString());
  }

  private static Latency alone(
      Catalogue.Row row, PrometheusRegistry registry, @Nullable MeterRegistry push) {
    List<Latency> members = new ArrayList<>();
    LatencyFamily family = new LatencyFamily(row, LatencyFamily.FINE, push, members::stream);
    Latency only = family.create();
    only.bind(Labels.EMPTY);
    members.add(only);
    registry.register(family);
    return only;
  }

  /** A run started so long after its intended instant. */
  public void lag(Duration late) {
    lag.record(late);
  }

  /** This process stood still for so long. */
  public void pause(Duration stall) {
    pause.record(stall);
  }

  /** The configuration was loaded, by the wall clock. */
  public void reloadSucceeded(Instant at) {
    reloadedAt = at.toEpochMilli() / 1e3;
    reloaded = true;
  }

  /** The configuration could not be loaded; the one before stays in force. */
  public void reloadFailed() {
    reloaded = false;
  }
}
