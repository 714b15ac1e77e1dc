package dev.echosounder.metrics;

import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Map;

/** The series of one subject: what it counted outlives a change of its labels. */
interface SubjectMetrics {
  /** Exposes everything under these labels. */
  void bind(Map<String, String> to);

  /** Its series vanish; what it counted is kept. */
  void unbind();

  /**
   * Its series vanish for good. It may still be told what became of a run, but need not count it.
   */
  void forget();

  /** In the order of the map. */
  static Labels labels(Map<String, String> map) {
    Labels.Builder builder = Labels.builder();
    map.forEach(builder::label);
    return builder.build();
  }
}
