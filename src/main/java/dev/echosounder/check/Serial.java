package dev.echosounder.check;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs tasks one at a time, in order, on whichever thread posts: the first poster drains, the
 * others leave theirs and go. So a state machine fed by an I/O thread and a timer needs no lock,
 * blocks nobody, and calls that come back into it wait their turn. Thread-safe.
 */
public final class Serial implements Executor {
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

  /** Tasks posted and not yet done; whoever lifts it from 0 drains. */
  private final AtomicInteger pending = new AtomicInteger();

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (pending.getAndIncrement() != 0) {
      return;
    }
    do {
      Runnable next = tasks.remove();
      try {
        next.run();
      } catch (RuntimeException | Error e) {
        // Hand it to the thread as it would have been without us; the next tasks must still run.
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
      }
    } while (pending.decrementAndGet() != 0);
  }
}
