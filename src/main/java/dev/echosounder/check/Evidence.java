package dev.echosounder.check;

import dev.echosounder.ws.Phase;
import dev.echosounder.ws.Timeline;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run measured.
 *
 * @param took from the run's start to its end
 * @param phases those that happened and ended, in order
 * @param roundTrips one for each answer to a message or ping of ours, in order, stamped in the I/O
 *     callbacks
 * @param timeline everything that happened, for the transcript
 * @param idle what {@link Idle} found out; null of other kinds
 */
public record Evidence(
    Duration took,
    Map<Phase, Duration> phases,
    List<Duration> roundTrips,
    Timeline timeline,
    @Nullable IdleFinding idle) {

  public Evidence {
    Map<Phase, Duration> ordered = new EnumMap<>(Phase.class);
    ordered.putAll(phases);
    phases = Collections.unmodifiableMap(ordered);
    roundTrips = List.copyOf(roundTrips);
  }

  /** Of a run that was not about idle limits. */
  public Evidence(
      Duration took, Map<Phase, Duration> phases, List<Duration> roundTrips, Timeline timeline) {
    this(took, phases, roundTrips, timeline, null);
  }
}
