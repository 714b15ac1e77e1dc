package dev.echosounder.peer;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Tasks that wait their turn: each for its own delay, none before the one in front of it. Used in
 * the link's serial order only.
 */
final class Line {
  private static final int LIMIT = 100_000;

  private record Waiting(long dueNanos, Runnable task) {}

  private final Link link;
  private final Deque<Waiting> waiting = new ArrayDeque<>();

  Line(Link link) {
    this.link = link;
  }

  /** Runs at once if nothing is waiting and there is no delay; false if the line is full. */
  boolean add(Duration delay, Runnable task) {
    if (waiting.isEmpty() && delay.isZero()) {
      task.run();
      return true;
    }
    if (waiting.size() == LIMIT) {
      return false;
    }
    waiting.add(new Waiting(System.nanoTime() + delay.toNanos(), task));
    if (waiting.size() == 1) {
      schedule();
    }
    return true;
  }

  private void schedule() {
    Waiting next = waiting.element();
    long delay = Math.max(0, next.dueNanos() - System.nanoTime());
    link.later(
        Duration.ofNanos(delay),
        () -> {
          next.task().run();
          waiting.remove();
          if (!waiting.isEmpty()) {
            schedule();
          }
        });
  }
}
