package dev.echosounder.check;

import dev.echosounder.ws.Ending;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What silence does to a target's connections.
 *
 * @param nature what decides when a connection is cut
 * @param survived the longest silence that a connection is known to have survived
 * @param cut the shortest silence that was cut; null if none was
 * @param by how it was cut; {@link Ending.Cause#LIVENESS_TIMEOUT} if it died without a sign; null
 *     if it was not
 * @param ping what pings of ours do, which the server answers
 * @param pong what unsolicited pongs of ours do
 * @param data what the configured text message does
 */
public record IdleFinding(
    Nature nature,
    Duration survived,
    @Nullable Duration cut,
    Ending.@Nullable Cause by,
    Effect ping,
    Effect pong,
    Effect data) {
  /** What a cut depends on. */
  public enum Nature {
    /** Nothing was cut for as long as was waited. */
    NOT_CUT,
    /** Silence: the same silence was cut twice, and traffic prevents it. */
    SILENCE,
    /** The connection's age: whatever was sent did not prevent it. */
    AGE,
    /** No rule: the cuts differ, or everything ended at the same time, as in a restart. */
    UNCLEAR
  }

  /** What a kind of traffic does to the limit. */
  public enum Effect {
    KEEPS_ALIVE,
    DOES_NOT,
    /** Not tried, or nothing was cut. */
    UNKNOWN
  }

  /** What a person would write into a configuration, in seconds. */
  private static final List<Integer> ROUND =
      List.of(1, 2, 3, 4, 5, 8, 10, 15, 20, 25, 30, 45, 60, 90, 120, 180, 240, 300, 600, 900, 1800);

  /** The silence after which connections are cut, if there is such a limit. */
  public Optional<Duration> limit() {
    return nature == Nature.SILENCE ? Optional.ofNullable(cut) : Optional.empty();
  }

  /**
   * How often to send a heartbeat: at most half of what is known to be survived, rounded down to a
   * number that a person would write. Empty without a limit.
   */
  public Optional<Duration> heartbeat() {
    if (limit().isEmpty()) {
      return Optional.empty();
    }
    Duration half = survived.dividedBy(2);
    Duration best = Duration.ofMillis(Math.max(100, half.toMillis() / 100 * 100));
    for (int seconds : ROUND) {
      Duration candidate = Duration.ofSeconds(seconds);
      best = candidate.compareTo(half) <= 0 ? candidate : best;
    }
    return Optional.of(best);
  }

  /** All of it in one sentence, for a person. */
  public String sentence() {
    if (cut == null || by == null) {
      return "not cut within %s of silence".formatted(text(survived));
    }
    String what = "cut by %s after %s of silence".formatted(by.label(), text(cut));
    return switch (nature) {
      case SILENCE ->
          "%s (between %s and %s); %s; suggested heartbeat: %s every %s"
              .formatted(
                  what,
                  text(survived),
                  text(cut),
                  effects(),
                  ping == Effect.KEEPS_ALIVE
                      ? "a ping"
                      : pong == Effect.KEEPS_ALIVE ? "a pong" : "a message",
                  heartbeat().map(IdleFinding::text).orElse("?"));
      case AGE ->
          "cut by %s at the age of %s, silent or not: %s"
                  .formatted(by.label(), text(cut), effects())
              + (data == Effect.UNKNOWN ? "; whether messages do was not tried" : "");
      case NOT_CUT, UNCLEAR -> what + ", but not by a rule that was recognised: " + effects();
    };
  }

  private String effects() {
    StringBuilder text = new StringBuilder();
    effect(text, "pings", ping);
    effect(text, "pongs", pong);
    effect(text, "messages", data);
    return text.isEmpty() ? "what keeps it alive is not known" : text.toString();
  }

  private static void effect(StringBuilder text, String traffic, Effect effect) {
    if (effect != Effect.UNKNOWN) {
      String does = effect == Effect.KEEPS_ALIVE ? " keep it alive" : " do not keep it alive";
      text.append(text.isEmpty() ? "" : ", ").append(traffic).append(does);
    }
  }

  private static String text(Duration duration) {
    double seconds = duration.toNanos() / 1e9;
    return seconds == Math.rint(seconds)
        ? Math.round(seconds) + " s"
        : String.format(Locale.ROOT, "%.1f s", seconds);
  }
}
