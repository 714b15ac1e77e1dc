package dev.echosounder.peer;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * The most events that any one second has seen, by steps of 10 ms: never more than the truth, and
 * less by those of one step at most. Thread-safe.
 */
final class BusiestSecond {
  private static final int STEPS = 100;
  private static final long STEP = TimeUnit.SECONDS.toNanos(1) / STEPS;

  /** Guarded by this: events in each of the last steps, by step modulo {@link #STEPS}. */
  private final int[] counts = new int[STEPS];

  /** Guarded by this. */
  private long newest;

  /** Guarded by this: the sum of {@link #counts}. */
  private long window;

  /** Guarded by this. */
  private long most;

  /**
   * An event at this instant of a monotonic clock; those of several threads may be out of order.
   */
  synchronized void count(long nanos) {
    long step = Math.floorDiv(nanos, STEP);
    if (most == 0 || step - newest >= STEPS) {
      Arrays.fill(counts, 0);
      window = 0;
      newest = step;
    }
    while (newest < step) {
      newest++;
      int place = (int) Math.floorMod(newest, (long) STEPS);
      window -= counts[place];
      counts[place] = 0;
    }
    // Whoever comes out of order by a thread's delay is counted into the newest step.
    counts[(int) Math.floorMod(newest, (long) STEPS)]++;
    window++;
    most = Math.max(most, window);
  }

  synchronized long most() {
    return most;
  }
}
