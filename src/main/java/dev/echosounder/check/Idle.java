package dev.echosounder.check;

import dev.echosounder.ws.Client;
import dev.echosounder.ws.Target;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Finds out after how long a silence a connection is cut, and which traffic prevents it. Opens four
 * or five connections to the target at once: two stay silent, beginning at different times; one
 * sends pings, one unsolicited pongs (RFC 6455 §5.5.3), one the text {@code send}, ever more
 * rarely: a dozen frames in two minutes. The {@link IdleFinding} is in the outcome's evidence; that
 * nothing was cut is a finding too. Fails only if it can't connect, or a connection breaks.
 *
 * @param atMost how long to wait for a cut; null for 2 minutes, or as much as the deadline allows.
 *     A run needs {@link #needs()} in all
 * @param send a text message to try as a heartbeat; null to try none
 */
public record Idle(@Nullable Duration atMost, @Nullable String send) implements Check {
  static final Duration DEFAULT_AT_MOST = Duration.ofMinutes(2);

  /**
   * Of the deadline, for each second of waiting: what is cut at the last moment must still be told
   * from what keeps a connection alive a quarter longer, and the closing handshakes come after.
   */
  private static final double SHARE = 1.6;

  public Idle {
    if (atMost != null && (atMost.isNegative() || atMost.isZero())) {
      throw new IllegalArgumentException("expected atMost > 0");
    }
  }

  @Override
  public String kind() {
    return "idle";
  }

  @Override
  public Duration needs() {
    return atMost == null ? Duration.ZERO : times(atMost, SHARE);
  }

  @Override
  public CompletableFuture<Outcome> run(
      Client client, Target target, Duration deadline, Timer timer) {
    // What was learnt before would rename the very endings that are looked for.
    Target plain = target.withoutIdleLimit();
    IdleRun run = new IdleRun(this, target.subprotocols(), deadline, timer);
    return run.start(line -> Link.of(client.open(plain, line, IdleLine.FRAMES)));
  }

  /** How long a run with this deadline waits. */
  Duration patience(Duration deadline) {
    Duration wanted = atMost == null ? DEFAULT_AT_MOST : atMost;
    Duration possible = times(deadline, 1 / SHARE);
    return wanted.compareTo(possible) < 0 ? wanted : possible;
  }

  static Duration times(Duration duration, double factor) {
    return Duration.ofNanos(Math.round(duration.toNanos() * factor));
  }
}
