package dev.echosounder.ws;

import dev.echosounder.ws.Ending.Cause;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Recognises an idle limit on the way: a cut after just the silence that was learnt before. */
final class Silence {
  /** What proxies and servers do to a silent connection. */
  private static final Set<Cause> CUTS = EnumSet.of(Cause.EOF, Cause.RESET, Cause.PEER_GOING_AWAY);

  /** Timers of proxies are coarse: nginx and HAProxy are right within this share of the limit. */
  private static final double TOLERANCE = 0.1;

  private static final long LEAST_TOLERANCE_NANOS = Duration.ofMillis(250).toNanos();

  private Silence() {}

  /** The same ending, or an {@link Cause#IDLE_CUT} if the silence fits the limit. */
  static Ending attribute(Ending ending, long silentNanos, @Nullable Duration limit) {
    if (limit == null || !CUTS.contains(ending.cause())) {
      return ending;
    }
    long tolerance = Math.max((long) (limit.toNanos() * TOLERANCE), LEAST_TOLERANCE_NANOS);
    if (Math.abs(silentNanos - limit.toNanos()) > tolerance) {
      return ending;
    }
    return new Ending(
        Cause.IDLE_CUT,
        ending.code(),
        ending.reason(),
        ending.clean(),
        "%s after %d ms of silence; the limit is %d ms: send a heartbeat more often"
            .formatted(ending.cause().label(), silentNanos / 1_000_000, limit.toMillis()));
  }
}
