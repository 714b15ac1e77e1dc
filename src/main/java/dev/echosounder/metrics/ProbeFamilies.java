package dev.echosounder.metrics;

import dev.echosounder.ws.Phase;
import io.micrometer.core.instrument.MeterRegistry;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The metrics that every check's runs have, each claimed once. */
final class ProbeFamilies {
  /** The run itself said that it could not be made. */
  static final String DECLINED = "declined";

  /** The schedule's reasons and that one. */
  static final List<String> SKIP_REASONS = List.of("overlap", "saturated", "late", DECLINED);

  private final Map<Set<String>, Set<String>> counted = new ConcurrentHashMap<>();

  final FamilySet<ProbeMetrics> all;
  final TallyFamily<String> runs;
  final TallyFamily<String> failures;
  final TallyFamily<String> skipped;
  final TallyFamily<String> up;
  final TallyFamily<String> certificate;
  final TallyFamily<String> idleTimeout;
  final LatencyFamily duration;
  final LatencyFamily phase;
  final LatencyFamily roundTrip;

  ProbeFamilies(Catalogue catalogue, @Nullable MeterRegistry push) {
    all = new FamilySet<>(catalogue, push);
    runs = all.alone("echosounder_probe_runs_total", m -> m.runs);
    failures =
        all.tallies(
            "echosounder_probe_failures_total",
            Subject.CAUSES.stream().sorted().toList(),
            cause -> Labels.of("cause", cause),
            m -> m.failures);
    skipped =
        all.tallies(
            "echosounder_probe_skipped_total",
            SKIP_REASONS,
            reason -> Labels.of("reason", reason),
            m -> m.skipped);
    up = all.alone("echosounder_probe_up", m -> m.up);
    certificate =
        all.alone("echosounder_certificate_not_after_timestamp_seconds", m -> m.certificate);
    idleTimeout = all.alone("echosounder_idle_timeout_seconds", m -> m.idleTimeout);
    duration =
        all.latencies(
            "echosounder_probe_duration_seconds", LatencyFamily.FINE, m -> Stream.of(m.duration));
    phase =
        all.latencies(
            "echosounder_phase_seconds", LatencyFamily.COARSE, m -> m.phases.values().stream());
    roundTrip =
        all.latencies(
            "echosounder_round_trip_seconds", LatencyFamily.FINE, m -> Stream.of(m.roundTrip));
  }

  /** One subject's histograms, by phase. */
  Map<Phase, Latency> phases() {
    Map<Phase, Latency> phases = new EnumMap<>(Phase.class);
    for (Phase each : Phase.values()) {
      phases.put(each, phase.create(Labels.of("phase", each.label())));
    }
    return phases;
  }

  /** The failures that are counted from 0: one set for all subjects that are alike. */
  Set<String> counted(Subject subject) {
    return counted.computeIfAbsent(subject.causes(), Set::copyOf);
  }
}
