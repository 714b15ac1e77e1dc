package dev.echosounder.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The metrics that all subjects of one kind have, each claimed once, and the subjects that are
 * exposed: one set of them, not one for each of their many metrics. Thread-safe once its metrics
 * are declared.
 *
 * @param <S> one subject's series
 */
final class FamilySet<S> {
  /** The one key of a metric without labels of its own. */
  static final String ALONE = "";

  private final Catalogue catalogue;
  private final @Nullable MeterRegistry push;
  private final List<Family> families = new ArrayList<>();
  private final Set<S> subjects = ConcurrentHashMap.newKeySet();

  /**
   * @param push where the same numbers are pushed to; null if nowhere
   */
  FamilySet(Catalogue catalogue, @Nullable MeterRegistry push) {
    this.catalogue = catalogue;
    this.push = push;
  }

  /** A counter or gauge without labels of its own. */
  TallyFamily<String> alone(String name, Function<S, Tally<String>> in) {
    return tallies(name, List.of(ALONE), key -> Labels.EMPTY, in);
  }

  /** A counter or gauge whose own labels have a closed set of values. */
  <K> TallyFamily<K> tallies(
      String name, List<K> keys, Function<K, Labels> own, Function<S, Tally<K>> in) {
    return declared(
        new TallyFamily<>(catalogue.claim(name), keys, own, push, () -> subjects.stream().map(in)));
  }

  /** A histogram of durations. */
  LatencyFamily latencies(String name, double[] bounds, Function<S, Stream<Latency>> in) {
    return declared(
        new LatencyFamily(
            catalogue.claim(name), bounds, push, () -> subjects.stream().flatMap(in)));
  }

  private <F extends Family> F declared(F family) {
    families.add(family);
    return family;
  }

  List<Family> families() {
    return families;
  }

  /** Scrapes see it, or no longer do. */
  void show(S subject, boolean exposed) {
    if (exposed) {
      subjects.add(subject);
    } else {
      subjects.remove(subject);
    }
  }
}
