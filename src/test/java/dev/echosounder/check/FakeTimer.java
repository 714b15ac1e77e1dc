package dev.echosounder.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Time that moves when the test says so. Single-threaded. */
public final class FakeTimer implements Timer {
  private record Task(long due, Runnable action) {}

  private final List<Task> tasks = new ArrayList<>();
  private long now;

  @Override
  public long nanos() {
    return now;
  }

  @Override
  public Runnable after(Duration delay, Runnable action) {
    Task task = new Task(now + delay.toNanos(), action);
    tasks.add(task);
    return () -> tasks.remove(task);
  }

  /** Moves time on, running what falls due at its instant. */
  public void advance(Duration by) {
    long end = now + by.toNanos();
    while (true) {
      Task next = tasks.stream().min(Comparator.comparingLong(Task::due)).orElse(null);
      if (next == null || next.due() > end) {
        now = end;
        return;
      }
      tasks.remove(next);
      now = next.due();
      next.action().run();
    }
  }

  /** How many tasks wait. */
  public int pending() {
    return tasks.size();
  }
}
