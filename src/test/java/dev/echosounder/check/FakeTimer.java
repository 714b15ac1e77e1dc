package dev.echosounder.check;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that moves when the test says so. Single-threaded. */
public final class FakeTimer implements Timer {
  private record Task(long due, long order, Runnable action) {}

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::due).thenComparingLong(Task::order));
  private long scheduled;
  private long now;

  @Override
  public long nanos() {
    return now;
  }

  @Override
  public Runnable after(Duration delay, Runnable action) {
    Task task = new Task(now + delay.toNanos(), scheduled++, action);
    tasks.add(task);
    return () -> tasks.remove(task);
  }

  /** Moves time on, running what falls due at its instant. */
  public void advance(Duration by) {
    long end = now + by.toNanos();
    for (Task next = tasks.peek(); next != null && next.due() <= end; next = tasks.peek()) {
      tasks.remove();
      now = Math.max(now, next.due());
      next.action().run();
    }
    now = end;
  }

  /** Moves time on while the process stands still: what fell due runs late, when time moves on. */
  public void stall(Duration by) {
    now += by.toNanos();
  }

  /** How many tasks wait. */
  public int pending() {
    return tasks.size();
  }
}
