package dev.echosounder.check;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Time as checks see it: a monotonic clock, and being called later. Thread-safe. */
public interface Timer {
  /** Now, in nanoseconds of a monotonic clock. */
  long nanos();

  /**
   * Calls {@code task} once, after {@code delay}. The task must not block.
   *
   * @return cancels the call if it has not begun; may be called repeatedly
   */
  Runnable after(Duration delay, Runnable task);

  /**
   * The real time. One thread in {@code scheduler} serves any number of checks; let it forget
   * cancelled tasks ({@code setRemoveOnCancelPolicy}), or each keeps its run until its deadline.
   */
  static Timer of(ScheduledExecutorService scheduler) {
    return new Timer() {
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
