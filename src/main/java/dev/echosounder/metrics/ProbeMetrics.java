package dev.echosounder.metrics;

import dev.echosounder.check.Evidence;
import dev.echosounder.check.IdleFinding;
import dev.echosounder.check.Outcome;
import dev.echosounder.ws.Event;
import dev.echosounder.ws.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Records what became of one check's runs. Look it up once ({@link Metrics#of}) and keep it; it may
 * be told more when a reload has removed its subject, unseen. Thread-safe, does not block.
 */
public final class ProbeMetrics extends SubjectMetrics {
  private final ProbeFamilies families;
  final Tally<String> runs;
  final Tally<String> failures;
  final Tally<String> skipped;
  final Tally<String> up;
  final Tally<String> certificate;
  final Tally<String> idleTimeout;
  final Latency duration;
  final Latency roundTrip;
  final Map<Phase, Latency> phases;

  ProbeMetrics(ProbeFamilies families, Subject subject) {
    this.families = families;
    runs = families.runs.create();
    failures = families.failures.create(families.counted(subject));
    skipped = families.skipped.create();
    up = families.up.create();
    certificate = families.certificate.create();
    idleTimeout = families.idleTimeout.create();
    duration = families.duration.create();
    roundTrip = families.roundTrip.create();
    phases = families.phases();
  }

  /**
   * Counts a run and what it measured; a run that was not made, as skipped.
   *
   * @throws IllegalArgumentException if the cause is none of {@link Outcome#causes()}
   */
  public void record(Outcome outcome) {
    if (outcome instanceof Outcome.Passed passed) {
      ran(passed.evidence(), 1);
    } else if (outcome instanceof Outcome.Failed failed) {
      failures.add(known(failed.cause()), 1);
      ran(failed.evidence(), 0);
    } else {
      skipped(ProbeFamilies.DECLINED, 1);
    }
  }

  /**
   * Counts instants that passed without a run.
   *
   * @param reason {@code overlap}, {@code saturated}, {@code late} or {@code declined}
   * @throws IllegalArgumentException if it is another
   */
  public void skipped(String reason, long instants) {
    if (!ProbeFamilies.SKIP_REASONS.contains(reason)) {
      throw new IllegalArgumentException(
          "expected one of %s, got %s".formatted(ProbeFamilies.SKIP_REASONS, reason));
    }
    skipped.add(reason, instants);
  }

  private static String known(String cause) {
    if (!Subject.CAUSES.contains(cause)) {
      throw new IllegalArgumentException("expected one of Outcome.causes(), got " + cause);
    }
    return cause;
  }

  private void ran(Evidence evidence, double result) {
    runs.add(FamilySet.ALONE, 1);
    duration.record(evidence.took());
    evidence.roundTrips().forEach(roundTrip::record);
    evidence.phases().forEach(this::phase);
    for (Event event : evidence.timeline().events()) {
      Instant expiry = event instanceof Event.TlsDone done ? done.notAfter() : null;
      if (expiry != null) {
        certificate.set(FamilySet.ALONE, (double) expiry.getEpochSecond());
      }
    }
    IdleFinding idle = evidence.idle();
    if (idle != null) {
      idle.limit().ifPresent(limit -> idleTimeout.set(FamilySet.ALONE, limit.toNanos() / 1e9));
    }
    up.set(FamilySet.ALONE, result);
  }

  private void phase(Phase phase, Duration took) {
    Objects.requireNonNull(phases.get(phase)).record(took);
  }

  @Override
  List<Tally<?>> tallies() {
    return List.of(runs, failures, skipped, up, certificate, idleTimeout);
  }

  @Override
  List<Latency> latencies() {
    return Stream.concat(Stream.of(duration, roundTrip), phases.values().stream()).toList();
  }

  @Override
  void show(boolean exposed) {
    families.all.show(this, exposed);
  }
}
