package dev.echosounder.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Does something so many times at a fixed rate. The instants at which it should happen are set
 * before the first: when one is held up, those behind it are late, and their latency counts from
 * when they were due. Measured from the actual sends, a stall would count once instead of for all
 * who had to wait (coordinated omission).
 */
final class Pace {
  private static final int MOST = 100_000;
  private static final int FASTEST = 10_000;

  /** What it waits with; the tests have their own. */
  interface Clock {
    /** Monotonic, in nanoseconds; the same clock that stamps messages. */
    long nanos();

    /** Returns at {@code instant}, or at once if that has passed. */
    void sleepUntil(long instant) throws InterruptedException;
  }

  /** What happens at each instant. */
  interface Act {
    /** {@code index} counts from 0. */
    void at(int index) throws InterruptedException;
  }

  static final Clock SYSTEM =
      new Clock() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public void sleepUntil(long instant) throws InterruptedException {
          TimeUnit.NANOSECONDS.sleep(instant - System.nanoTime());
        }
      };

  private Pace() {}

  /**
   * @return the intended instants, in nanoseconds of the clock
   * @throws AssertionError if more is asked for than a scenario is good for
   */
  static List<Long> run(int count, int perSecond, Clock clock, Act act)
      throws InterruptedException {
    within("messages", count, MOST);
    within("messages per second", perSecond, FASTEST);
    long start = clock.nanos();
    List<Long> intended = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      intended.add(start + i * 1_000_000_000L / perSecond);
    }
    for (int i = 0; i < count; i++) {
      clock.sleepUntil(intended.get(i));
      act.at(i);
    }
    return intended;
  }

  static void within(String what, int asked, int most) {
    if (asked < 1 || asked > most) {
      throw new AssertionError(
          "%d %s: a scenario does 1 to %d; this is no load generator".formatted(asked, what, most));
    }
  }
}
