package dev.echosounder.hold;

import java.time.Duration;

/**
 * How long to wait before connecting again: exponential with full jitter, any time from zero to a
 * limit that doubles with every failure in a row. So a herd that lost its server at once comes back
 * spread out.
 *
 * @param first the limit after the first failure
 * @param atMost the limit never exceeds this
 * @param stable a connection that lived this long ends the row
 */
public record BackOff(Duration first, Duration atMost, Duration stable) {
  /** Up to 1 s, doubling to 1 minute; a connection of 1 minute is stable. */
  public static final BackOff DEFAULT =
      new BackOff(Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofMinutes(1));

  /** Beyond it any limit is reached. */
  private static final int MOST_DOUBLINGS = 40;

  public BackOff {
    if (first.isNegative()
        || first.isZero()
        || atMost.compareTo(first) < 0
        || stable.isNegative()) {
      throw new IllegalArgumentException("expected 0 < first <= atMost, and stable >= 0");
    }
  }

  /**
   * @param failures in a row, at least 1
   * @param random from 0 to below 1
   */
  Duration delay(int failures, double random) {
    double doubled = first.toNanos() * Math.pow(2, Math.min(failures - 1, MOST_DOUBLINGS));
    return Duration.ofNanos((long) (Math.min(doubled, (double) atMost.toNanos()) * random));
  }
}
