package dev.echosounder.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The metrics that every subject has, each claimed and registered once. */
record Families(
    MeterRegistry meters,
    Catalogue.Row runs,
    Catalogue.Row failures,
    Catalogue.Row skipped,
    Catalogue.Row up,
    Catalogue.Row certificate,
    Catalogue.Row idleTimeout,
    LatencyFamily duration,
    LatencyFamily phase,
    LatencyFamily roundTrip) {

  /** The run itself said that it could not be made. */
  static final String DECLINED = "declined";

  /** The schedule's reasons and that one. */
  static final List<String> SKIP_REASONS = List.of("overlap", "saturated", "late", DECLINED);

  static Families register(
      Catalogue catalogue,
      MeterRegistry meters,
      PrometheusRegistry registry,
      @Nullable MeterRegistry push) {
    Families families =
        new Families(
            meters,
            catalogue.claim("echosounder_probe_runs_total"),
            catalogue.claim("echosounder_probe_failures_total"),
            catalogue.claim("echosounder_probe_skipped_total"),
            catalogue.claim("echosounder_probe_up"),
            catalogue.claim("echosounder_certificate_not_after_timestamp_seconds"),
            catalogue.claim("echosounder_idle_timeout_seconds"),
            family(catalogue, "echosounder_probe_duration_seconds", LatencyFamily.FINE, push),
            family(catalogue, "echosounder_phase_seconds", LatencyFamily.COARSE, push),
            family(catalogue, "echosounder_round_trip_seconds", LatencyFamily.FINE, push));
    registry.register(families.duration);
    registry.register(families.phase);
    registry.register(families.roundTrip);
    return families;
  }

  private static LatencyFamily family(
      Catalogue catalogue, String name, double[] bounds, @Nullable MeterRegistry push) {
    return new LatencyFamily(catalogue.claim(name), bounds, push);
  }
}
