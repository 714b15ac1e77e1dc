package dev.echosounder.hold;

import dev.echosounder.check.Timer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Lets connection attempts of all keepers pass one by one, evenly spaced: in no second more than
 * its rate. First come, first served; nobody waits on a thread. Thread-safe.
 *
 * <p>It goes by when attempts really pass, not by when they should: after a stall of the process
 * all timers are due at once, and the herd would come in a bunch.
 */
public final class Turnstile {
  private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

  /** How far it may run after its rhythm: timers are late by a millisecond or so. */
  private static final long CATCH_UP = TimeUnit.MILLISECONDS.toNanos(10);

  private final Timer timer;

  /** Guarded by this. */
  private final Deque<Waiter> waiters = new ArrayDeque<>();

  /** Guarded by this. */
  private long gap;

  /** Guarded by this: when the next may pass. */
  private long next;

  /** Guarded by this: someone lets waiters pass, or a timer will. */
  private boolean busy;

  /** Lets {@code perSecond} pass. */
  public Turnstile(Timer timer, double perSecond) {
    this.timer = timer;
    next = timer.nanos();
    rate(perSecond);
  }

  /** From now on, so many a second. */
  public synchronized void rate(double perSecond) {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("expected more than 0 a second, got " + perSecond);
    }
    // Whoever catches up must not lift any one second above the rate: hence the longer gap.
    gap = (long) ((SECOND + CATCH_UP) / perSecond);
  }

  /**
   * Runs {@code through} once its turn has come: on this thread if that is now, else on the
   * timer's; it must not block.
   *
   * @return leaves the queue: the turn goes to the next
   */
  Runnable enter(Runnable through) {
    Waiter waiter = new Waiter(through);
    synchronized (this) {
      waiters.add(waiter);
      if (busy) {
        return waiter::leave;
      }
      busy = true;
    }
    letPass();
    return waiter::leave;
  }

  private void letPass() {
    for (Waiter waiter = take(); waiter != null; waiter = take()) {
      waiter.through.run();
    }
  }

  /** Who may pass now; null if nobody: then the timer comes back when somebody may. */
  private synchronized @Nullable Waiter take() {
    while (!waiters.isEmpty() && waiters.peek().gone.get()) {
      waiters.remove();
    }
    if (waiters.isEmpty()) {
      busy = false;
      return null;
    }
    long now = timer.nanos();
    if (next - now > 0) {
      timer.after(Duration.ofNanos(next - now), this::letPass);
      return null;
    }
    next = Math.max(next - now, -CATCH_UP) + now + gap;
    return waiters.remove();
  }

  private static final class Waiter {
    private final Runnable through;
    private final AtomicBoolean gone = new AtomicBoolean();

    Waiter(Runnable through) {
      this.through = through;
    }

    void leave() {
      gone.set(true);
    }
  }
}
