package dev.echosounder.check;

import dev.echosounder.check.IdleFinding.Effect;
import dev.echosounder.check.IdleFinding.Nature;
import dev.echosounder.check.IdleLine.Traffic;
import dev.echosounder.ws.Ending;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the lines of a run tell once they have been watched for long enough. Only to be used inside
 * the run's tasks.
 *
 * @param limit nanoseconds, of silence or of age; negative if nothing was cut
 * @param survivor one that traffic has kept alive and that answers pings; null if there is no limit
 */
record IdleVerdict(
    Nature nature,
    long limit,
    Ending.@Nullable Cause by,
    Map<Traffic, Effect> effects,
    @Nullable IdleLine survivor) {
  private static final long LEAST_MARGIN = Duration.ofMillis(250).toNanos();
  private static final long LEAST_TOLERANCE = Duration.ofMillis(100).toNanos();

  /** By how much a line must outlive the limit to have been kept alive. */
  static long margin(long limit) {
    return Math.max(limit / 4, LEAST_MARGIN);
  }

  /** By how much two cuts may differ that have the same reason: timers are coarse. */
  private static long tolerance(long limit) {
    return Math.max(limit / 10, LEAST_TOLERANCE);
  }

  /** The shortest silence that was cut, in nanoseconds; negative if none was. */
  static long limit(List<IdleLine> lines, long now) {
    return shortest(lines, now).map(line -> line.silence(now)).orElse(-1L);
  }

  private static Optional<IdleLine> shortest(List<IdleLine> lines, long now) {
    return lines.stream()
        .filter(line -> line.silent() && line.cut())
        .min(Comparator.comparingLong(line -> line.silence(now)));
  }

  /**
   * Judges.
   *
   * @param called whether the lines were asked for a sign of life, since none was cut
   */
  static IdleVerdict of(List<IdleLine> lines, IdleLine first, boolean called, long now) {
    if (!called) {
      return shortest(lines, now)
          .map(line -> cut(lines, line, now))
          .orElseGet(() -> new IdleVerdict(Nature.NOT_CUT, -1, null, Map.of(), null));
    }
    boolean answers = lines.stream().anyMatch(line -> line.pongs > 0);
    if (!first.unanswered() || !answers) {
      return new IdleVerdict(Nature.NOT_CUT, -1, null, Map.of(), null);
    }
    Map<Traffic, Effect> effects = new EnumMap<>(Traffic.class);
    speakers(lines)
        .forEach(
            line ->
                effects.put(
                    line.traffic, line.unanswered() ? Effect.DOES_NOT : Effect.KEEPS_ALIVE));
    Nature nature = effects.containsValue(Effect.KEEPS_ALIVE) ? Nature.SILENCE : Nature.UNCLEAR;
    Ending.Cause by = first.ending == null ? Ending.Cause.LIVENESS_TIMEOUT : first.ending.cause();
    return new IdleVerdict(nature, first.askedAfter, by, effects, null);
  }

  private static IdleVerdict cut(List<IdleLine> lines, IdleLine shortest, long now) {
    long silence = shortest.silence(now);
    long age = shortest.age(now);
    Map<Traffic, Effect> effects = new EnumMap<>(Traffic.class);
    speakers(lines).forEach(line -> effects.put(line.traffic, effect(line, silence, now)));
    Ending.Cause by = shortest.ending == null ? null : shortest.ending.cause();
    if (effects.containsValue(Effect.KEEPS_ALIVE) && agree(lines, l -> l.silence(now), silence)) {
      boolean answers = lines.stream().anyMatch(line -> line.pongs > 0);
      IdleLine survivor =
          speakers(lines)
              .filter(line -> answers && effects.get(line.traffic) == Effect.KEEPS_ALIVE)
              .findFirst()
              .orElse(null);
      return new IdleVerdict(Nature.SILENCE, silence, by, effects, survivor);
    }
    boolean none = effects.values().stream().allMatch(effect -> effect == Effect.DOES_NOT);
    boolean sameAge =
        agree(lines, l -> l.age(now), age)
            && speakers(lines).anyMatch(l -> Math.abs(l.age(now) - age) <= tolerance(age));
    return none && sameAge
        ? new IdleVerdict(Nature.AGE, age, by, effects, null)
        : new IdleVerdict(Nature.UNCLEAR, silence, by, effects, null);
  }

  private static Stream<IdleLine> speakers(List<IdleLine> lines) {
    return lines.stream().filter(line -> !line.silent());
  }

  private static Effect effect(IdleLine line, long limit, long now) {
    if (line.cut()) {
      return Effect.DOES_NOT;
    }
    boolean outlived = line.open && line.age(now) >= limit + tolerance(limit);
    return outlived ? Effect.KEEPS_ALIVE : Effect.UNKNOWN;
  }

  /** Whether no silent line contradicts this limit: by an end at another time, or by none. */
  private static boolean agree(List<IdleLine> lines, ToLongFunction<IdleLine> measure, long limit) {
    return lines.stream()
        .filter(line -> line.silent() && (line.cut() || line.open))
        .allMatch(
            line -> {
              long difference = measure.applyAsLong(line) - limit;
              return difference <= tolerance(limit)
                  && (line.open || difference >= -tolerance(limit));
            });
  }

  private Effect effect(Traffic traffic) {
    return effects.getOrDefault(traffic, Effect.UNKNOWN);
  }

  /** All of it for others, with the lower bound that is known by now. */
  IdleFinding finding(List<IdleLine> lines) {
    long survived = 0;
    for (IdleLine line : lines) {
      boolean alive = effect(line.traffic) == Effect.KEEPS_ALIVE || nature == Nature.NOT_CUT;
      survived = Math.max(survived, alive ? line.keptFor() : line.survived);
    }
    boolean bounded = nature == Nature.SILENCE || nature == Nature.AGE;
    return new IdleFinding(
        nature,
        Duration.ofNanos(bounded ? Math.min(survived, limit) : survived),
        limit < 0 ? null : Duration.ofNanos(limit),
        by,
        effect(Traffic.PING),
        effect(Traffic.PONG),
        effect(Traffic.DATA));
  }
}
