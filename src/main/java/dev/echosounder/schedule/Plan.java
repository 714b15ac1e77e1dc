package dev.echosounder.schedule;

import java.time.Duration;

/**
 * When a job runs.
 *
 * @param interval from one intended instant to the next, before jitter; more than 0
 * @param jitter each instant is put off by a different part of this; at most half the interval
 * @param firstWithin a new job need not wait for its place in the interval but starts once within
 *     this time, so that a person soon sees something; the interval itself means no such start. If
 *     it is longer than the interval, the job has its first instant somewhere within it, and many
 *     new jobs together are let in at an even pace
 */
public record Plan(Duration interval, Duration jitter, Duration firstWithin) {

  public Plan {
    if (interval.isZero() || interval.isNegative()) {
      throw new IllegalArgumentException("expected an interval above 0, got " + interval);
    }
    if (jitter.isNegative() || jitter.multipliedBy(2).compareTo(interval) > 0) {
      throw new IllegalArgumentException(
          "expected a jitter of at most half the interval of %s, got %s"
              .formatted(interval, jitter));
    }
    if (firstWithin.isNegative()) {
      throw new IllegalArgumentException("expected firstWithin >= 0, got " + firstWithin);
    }
  }

  /** Every {@code interval}, without jitter, the first somewhere in the first interval. */
  public static Plan every(Duration interval) {
    return new Plan(interval, Duration.ZERO, interval);
  }

  /** The same with this jitter. */
  public Plan jittered(Duration by) {
    return new Plan(interval, by, firstWithin);
  }

  /** The same with the first start within this time. */
  public Plan startingWithin(Duration first) {
    return new Plan(interval, jitter, first);
  }
}
