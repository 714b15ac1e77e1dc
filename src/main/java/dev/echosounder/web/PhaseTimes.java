package dev.echosounder.web;

import dev.echosounder.ws.Phase;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How long each phase of a run took: kept by the thousand, so in a fifth of a map's heap. */
public final class PhaseTimes {
  /** Of a run in which no phase ended. */
  static final PhaseTimes NONE = new PhaseTimes(new long[0]);

  private static final List<Phase> PHASES = List.of(Phase.values());
  private static final long ABSENT = -1;

  /** One for each of {@link #PHASES}, or empty. */
  private final long[] nanos;

  private PhaseTimes(long[] nanos) {
    this.nanos = nanos;
  }

  static PhaseTimes of(Map<Phase, Duration> phases) {
    if (phases.isEmpty()) {
      return NONE;
    }
    return new PhaseTimes(
        PHASES.stream()
            .map(phases::get)
            .mapToLong(took -> took == null ? ABSENT : took.toNanos())
            .toArray());
  }

  /** Those that happened and ended, in order. */
  public Map<Phase, Duration> all() {
    Map<Phase, Duration> all = new EnumMap<>(Phase.class);
    for (int i = 0; i < nanos.length; i++) {
      if (nanos[i] != ABSENT) {
        all.put(PHASES.get(i), Duration.ofNanos(nanos[i]));
      }
    }
    return all;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PhaseTimes that && Arrays.equals(nanos, that.nanos);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(nanos);
  }
}
