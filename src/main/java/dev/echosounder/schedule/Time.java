package dev.echosounder.schedule;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Time as the schedule sees it: monotonic, and being called later. Thread-safe. */
public interface Time {
  /** Now, in nanoseconds of a monotonic clock; only differences mean something. */
  long nanos();

  /**
   * Calls {@code task} once, not before {@code delay} has passed.
   *
   * @return cancels the call if it has not begun; may be called repeatedly
   */
  Runnable after(Duration delay, Runnable task);

  /** The real time, on the threads of {@code scheduler}; one is enough. */
  static Time of(ScheduledExecutorService scheduler) {
    return new Time() {
      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public Runnable after(Duration delay, Runnable task) {
        Future<?> pending = scheduler.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> pending.cancel(false);
      }
    };
  }
}
