package dev.echosounder.metrics;

import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;
import java.util.Map;

/** The series of one subject: what it counted outlives a change of its labels. */
abstract class SubjectMetrics {
  abstract List<Tally<?>> tallies();

  abstract List<Latency> latencies();

  /** Scrapes see it, or no longer do. */
  abstract void show(boolean exposed);

  /** Exposes everything under these labels, in the order of the map. */
  final void bind(Map<String, String> to) {
    unbind();
    Labels.Builder builder = Labels.builder();
    to.forEach(builder::label);
    Labels labels = builder.build();
    tallies().forEach(tally -> tally.bind(labels));
    latencies().forEach(latency -> latency.bind(labels));
    show(true);
  }

  /** Its series vanish; what it counted is kept. */
  final void unbind() {
    show(false);
    tallies().forEach(Tally::unbind);
    latencies().forEach(Latency::unbind);
  }

  /**
   * Its series vanish for good. It may still be told what became of a run, but need not count it.
   */
  final void forget() {
    unbind();
    latencies().forEach(Latency::forget);
  }
}
