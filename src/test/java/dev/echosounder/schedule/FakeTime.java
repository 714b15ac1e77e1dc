package dev.echosounder.schedule;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that moves when the test says so. Single-threaded. */
final class FakeTime implements Time {
  private record Call(long due, long order, Runnable task) {}

  private final PriorityQueue<Call> calls =
      new PriorityQueue<>(Comparator.comparingLong(Call::due).thenComparingLong(Call::order));
  private long order;

  /** Like the real one, it begins anywhere and overflows: here, within the hour. */
  private long now = Long.MAX_VALUE - Duration.ofHours(1).toNanos();

  private long elapsed;

  @Override
  public long nanos() {
    return now + elapsed;
  }

  @Override
  public Runnable after(Duration delay, Runnable task) {
    Call call = new Call(elapsed + delay.toNanos(), order++, task);
    calls.add(call);
    return () -> calls.remove(call);
  }

  /** Moves on, making each call at its instant. */
  void advance(Duration by) {
    long end = elapsed + by.toNanos();
    for (Call next = calls.peek(); next != null && next.due() <= end; next = calls.peek()) {
      calls.remove();
      elapsed = Math.max(elapsed, next.due());
      next.task().run();
    }
    elapsed = end;
  }

  /** The machine stands still: no call is made in time, all that are due come afterwards. */
  void stall(Duration by) {
    elapsed += by.toNanos();
    advance(Duration.ZERO);
  }

  Duration elapsed() {
    return Duration.ofNanos(elapsed);
  }

  int pending() {
    return calls.size();
  }
}
