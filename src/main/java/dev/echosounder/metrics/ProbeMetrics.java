package dev.echosounder.metrics;

import dev.echosounder.check.Evidence;
import dev.echosounder.check.IdleFinding;
import dev.echosounder.check.Outcome;
import dev.echosounder.ws.Event;
import dev.echosounder.ws.Phase;
import io.micrometer.core.instrument.Tags;
import io.prometheus.metrics.model.snapshots.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * Records what became of one check's runs. Look it up once ({@link Metrics#of}) and keep it; it
 * goes on counting, unseen, when a reload has removed its subject. Thread-safe, does not block.
 */
public final class ProbeMetrics implements SubjectMetrics {
  /** A gauge that is not exposed before it has a value: 0 would be a false alarm. */
  private static final class Level {
    private final MeterSet meters;
    private final Catalogue.Row row;
    private final AtomicBoolean declared = new AtomicBoolean();
    private volatile double value;

    Level(MeterSet meters, Catalogue.Row row) {
      this.meters = meters;
      this.row = row;
    }

    void set(double newValue) {
      value = newValue;
      if (!declared.get() && declared.compareAndSet(false, true)) {
        meters.gauge(row, Tags.empty(), () -> value);
      }
    }
  }

  private final Families families;
  private final MeterSet meters;
  private final LongAdder runs = new LongAdder();
  private final ConcurrentMap<String, LongAdder> failures = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> skips;
  private final Map<Phase, LazyLatency> phases = new EnumMap<>(Phase.class);
  private final Latency duration;
  private final Latency roundTrip;
  private final Level up;
  private final Level notAfter;
  private final Level idleTimeout;

  ProbeMetrics(Families families, Subject subject) {
    this.families = families;
    this.meters = new MeterSet(families.meters());
    this.duration = families.duration().create();
    this.roundTrip = families.roundTrip().create();
    this.skips = new ConcurrentHashMap<>();
    this.up = new Level(meters, families.up());
    this.notAfter = new Level(meters, families.certificate());
    for (Phase phase : Phase.values()) {
      phases.put(phase, new LazyLatency(families.phase(), Labels.of("phase", phase.label())));
    }
    this.idleTimeout = new Level(meters, families.idleTimeout());
    meters.counter(families.runs(), Tags.empty(), runs);
    subject.causes().forEach(this::failure);
    for (String reason : Families.SKIP_REASONS) {
      LongAdder count = new LongAdder();
      skips.put(reason, count);
      meters.counter(families.skipped(), Tags.of("reason", reason), count);
    }
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
      failure(failed.cause()).increment();
      ran(failed.evidence(), 0);
    } else {
      skipped(Families.DECLINED, 1);
    }
  }

  /**
   * Counts instants that passed without a run.
   *
   * @param reason {@code overlap}, {@code saturated}, {@code late} or {@code declined}
   * @throws IllegalArgumentException if it is another
   */
  public void skipped(String reason, long instants) {
    LongAdder count = skips.get(reason);
    if (count == null) {
      throw new IllegalArgumentException(
          "expected one of %s, got %s".formatted(Families.SKIP_REASONS, reason));
    }
    count.add(instants);
  }

  private void ran(Evidence evidence, double result) {
    runs.increment();
    duration.record(evidence.took());
    evidence.roundTrips().forEach(roundTrip::record);
    evidence.phases().forEach(this::phase);
    for (Event event : evidence.timeline().events()) {
      Instant expiry = event instanceof Event.TlsDone done ? done.notAfter() : null;
      if (expiry != null) {
        notAfter.set((double) expiry.getEpochSecond());
      }
    }
    IdleFinding idle = evidence.idle();
    if (idle != null) {
      idle.limit().ifPresent(limit -> idleTimeout.set(limit.toNanos() / 1e9));
    }
    up.set(result);
  }

  private LongAdder failure(String cause) {
    LongAdder known = failures.get(cause);
    if (known != null) {
      return known;
    }
    if (!Subject.CAUSES.contains(cause)) {
      throw new IllegalArgumentException("expected one of Outcome.causes(), got " + cause);
    }
    return failures.computeIfAbsent(
        cause,
        c -> {
          LongAdder count = new LongAdder();
          meters.counter(families.failures(), Tags.of("cause", c), count);
          return count;
        });
  }

  private void phase(Phase phase, Duration took) {
    Objects.requireNonNull(phases.get(phase)).record(took);
  }

  @Override
  public synchronized void bind(Map<String, String> to) {
    Labels labels = SubjectMetrics.labels(to);
    Tags tags = Tags.empty();
    for (Map.Entry<String, String> label : to.entrySet()) {
      tags = tags.and(label.getKey(), label.getValue());
    }
    meters.bind(tags);
    duration.bind(labels);
    families.duration().expose(duration);
    roundTrip.bind(labels);
    families.roundTrip().expose(roundTrip);
    phases.values().forEach(phase -> phase.bind(labels));
  }

  @Override
  public synchronized void unbind() {
    meters.unbind();
    families.duration().letGo(duration);
    families.roundTrip().letGo(roundTrip);
    phases.values().forEach(LazyLatency::unbind);
  }
}
