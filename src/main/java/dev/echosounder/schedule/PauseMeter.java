package dev.echosounder.schedule;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Measures our own stalls (garbage collection, a busy or stopped machine): a periodic tick that
 * notes how late it is, so that our pause is not booked as a target's latency. Give it a timer
 * thread of its own, or it also measures what else that thread does. Thread-safe.
 */
public final class PauseMeter implements AutoCloseable {
  /** Below this, lateness is the operating system's ordinary scheduling. */
  public static final Duration THRESHOLD = Duration.ofMillis(20);

  /** From one tick to the next: a pause is measured too short by at most this. */
  public static final Duration PERIOD = Duration.ofMillis(10);

  private final Time time;
  private final Consumer<Duration> onPause;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile Runnable pending = () -> {};

  private PauseMeter(Time time, Consumer<Duration> onPause) {
    this.time = time;
    this.onPause = onPause;
  }

  /**
   * Starts measuring.
   *
   * @param onPause is told each pause above {@link #THRESHOLD} when it is over, on the timer's
   *     thread; must return at once
   */
  public static PauseMeter start(Time time, Consumer<Duration> onPause) {
    PauseMeter meter = new PauseMeter(time, onPause);
    meter.next();
    return meter;
  }

  private void next() {
    long expected = time.nanos() + PERIOD.toNanos();
    pending = time.after(PERIOD, () -> tick(expected));
    if (closed.get()) {
      // Closed while the tick was being set: close() may have cancelled the one before.
      pending.run();
    }
  }

  private void tick(long expected) {
    Duration late = Duration.ofNanos(time.nanos() - expected);
    if (closed.get()) {
      return;
    }
    try {
      if (late.compareTo(THRESHOLD) > 0) {
        onPause.accept(late);
      }
    } finally {
      next();
    }
  }

  /** Stops measuring; returns at once. */
  @Override
  public void close() {
    closed.set(true);
    pending.run();
  }
}
