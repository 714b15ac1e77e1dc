package dev.echosounder.metrics;

import io.prometheus.metrics.model.snapshots.Labels;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A histogram that is made with its first value: most subjects never have most of them.
 * Thread-safe.
 */
final class LazyLatency {
  private final LatencyFamily family;
  private final Labels own;

  /** Written under this. */
  private volatile @Nullable Latency latency;

  /** Guarded by this: null while it is not exposed. */
  private @Nullable Labels labels;

  /**
   * @param own its labels besides its subject's
   */
  LazyLatency(LatencyFamily family, Labels own) {
    this.family = family;
    this.own = own;
  }

  void record(Duration duration) {
    Latency made = latency;
    (made == null ? make() : made).record(duration);
  }

  private synchronized Latency make() {
    Latency made = latency;
    if (made == null) {
      made = family.create();
      latency = made;
      expose();
    }
    return made;
  }

  synchronized void bind(Labels to) {
    labels = to;
    expose();
  }

  private void expose() {
    Latency made = latency;
    if (made != null && labels != null) {
      made.bind(labels.merge(own));
      family.expose(made);
    }
  }

  synchronized void unbind() {
    labels = null;
    Latency made = latency;
    if (made != null) {
      family.letGo(made);
    }
  }
}
