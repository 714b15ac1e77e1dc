package dev.echosounder.hold;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Lets connection attempts of all keepers pass one by one, evenly spaced, at most so many a second.
 * First come, first served; nobody waits on a thread. Thread-safe.
 */
public final class Turnstile {
  private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

  /** Guarded by this. */
  private long gapNanos;

  /** Guarded by this: when the next may pass, by the clock of the callers. */
  private long next = Long.MIN_VALUE;

  /** Lets {@code perSecond} pass. */
  public Turnstile(double perSecond) {
    rate(perSecond);
  }

  /** From now on, so many a second; those who have their turn keep it. */
  public synchronized void rate(double perSecond) {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("expected more than 0 a second, got " + perSecond);
    }
    gapNanos = (long) (SECOND / perSecond);
  }

  /** Takes a turn: how long from {@code now} until it comes. */
  synchronized Duration turn(long now) {
    long mine = next == Long.MIN_VALUE || next - now < 0 ? now : next;
    next = mine + gapNanos;
    return Duration.ofNanos(mine - now);
  }
}
