package dev.echosounder.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * All metrics of one daemon. Series exist from the moment that {@link #replace} names their
 * subject, with counters at 0, until it no longer does. Thread-safe.
 */
public final class Metrics implements AutoCloseable {
  private final PrometheusMeterRegistry served;
  private final @Nullable MeterRegistry pushed;
  private final MeterRegistry meters;
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final ProbeFamilies probed;
  private final HoldFamilies held;
  private final SelfMetrics self;

  /** Written by a reload, read by a scrape: none sees half of the subjects. Runs take neither. */
  private final ReadWriteLock reload = new ReentrantReadWriteLock();

  /** Guarded by reload. */
  private final Map<Subject, SubjectMetrics> subjects = new HashMap<>();

  /** Guarded by reload: the union, since all series of a metric have the same label names. */
  private Set<String> userLabels = Set.of();

  private Metrics(String version, @Nullable Otlp otlp) {
    served = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    // A meter that clashes with another would be dropped with a mere log line.
    served.throwExceptionOnRegistrationFailure();
    pushed = otlp == null ? null : otlp.registry();
    meters = pushed == null ? served : new CompositeMeterRegistry().add(served).add(pushed);
    bindProcess();
    Catalogue catalogue = Catalogue.load();
    var registry = served.getPrometheusRegistry();
    probed = new ProbeFamilies(catalogue, pushed);
    held = new HoldFamilies(catalogue, pushed);
    self = new SelfMetrics(catalogue, meters, registry, pushed, version);
  }

  private void bindProcess() {
    // Names against Prometheus' rules: nanoseconds, and "count" where nothing is counted.
    for (String name :
        List.of("process.cpu.time", "system.cpu.count", "jvm.classes.loaded.count")) {
      meters.config().meterFilter(MeterFilter.denyNameStartsWith(name));
    }
    new ClassLoaderMetrics().bindTo(meters);
    new JvmMemoryMetrics().bindTo(meters);
    collections.bindTo(meters);
    new JvmThreadMetrics().bindTo(meters);
    new ProcessorMetrics().bindTo(meters);
    new UptimeMetrics().bindTo(meters);
    new FileDescriptorMetrics().bindTo(meters);
  }

  /**
   * Metrics with no subject yet.
   *
   * @param version of this program, for {@code echosounder_build_info}
   * @param otlp where to push them too; null for nowhere
   */
  public static Metrics create(String version, @Nullable Otlp otlp) {
    return new Metrics(version, otlp);
  }

  /**
   * From now on, exactly these subjects. One that was there before keeps what it counted, even if
   * others bring new label names; a removed one's series vanish.
   */
  public void replace(Collection<Subject> wanted) {
    Set<Subject> next = new HashSet<>(wanted);
    Set<String> names = new TreeSet<>();
    next.forEach(subject -> names.addAll(subject.labels().keySet()));
    reload.writeLock().lock();
    try {
      boolean rename = !names.equals(userLabels);
      subjects.forEach(
          (subject, series) -> {
            if (!next.contains(subject)) {
              series.forget();
            } else if (rename) {
              series.unbind();
            }
          });
      subjects.keySet().retainAll(next);
      userLabels = names;
      if (rename) {
        subjects.forEach((subject, series) -> series.bind(subject.labelled(names)));
      }
      next.forEach(subject -> subjects.computeIfAbsent(subject, this::enter));
    } finally {
      reload.writeLock().unlock();
    }
  }

  private SubjectMetrics enter(Subject subject) {
    SubjectMetrics series =
        subject.held() ? new HoldMetrics(held, subject) : new ProbeMetrics(probed, subject);
    series.bind(subject.labelled(userLabels));
    return series;
  }

  /**
   * Where to record this subject's runs.
   *
   * @throws IllegalArgumentException if {@link #replace} has not named it
   */
  public ProbeMetrics of(Subject subject) {
    return series(subject, ProbeMetrics.class);
  }

  /**
   * Where to record what becomes of this subject's connection.
   *
   * @throws IllegalArgumentException if {@link #replace} has not named it
   */
  public HoldMetrics held(Subject subject) {
    return series(subject, HoldMetrics.class);
  }

  private <S extends SubjectMetrics> S series(Subject subject, Class<S> type) {
    reload.readLock().lock();
    try {
      SubjectMetrics series = subjects.get(subject);
      if (!type.isInstance(series)) {
        throw new IllegalArgumentException("not a subject: " + subject);
      }
      return type.cast(series);
    } finally {
      reload.readLock().unlock();
    }
  }

  /** Where to record how the daemon itself fares. */
  public SelfMetrics self() {
    return self;
  }

  /** What a scrape reads. */
  public Exposition exposition() {
    List<Family> large = new ArrayList<>(probed.all.families());
    large.addAll(held.all.families());
    return new Exposition(served.getPrometheusRegistry(), large, reload.readLock());
  }

  /** Pushes a last time if it pushes; forgets everything. */
  @Override
  public void close() {
    collections.close();
    if (pushed != null) {
      meters.close();
      pushed.close();
    }
    served.close();
  }
}
