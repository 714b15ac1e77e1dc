package dev.echosounder.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs jobs at their intended instants, at a fixed rate on the monotonic clock: a stepped wall
 * clock changes nothing. At most one run of a job, and a bounded number of all, is in flight; what
 * cannot start is skipped and told, never queued. An instant that comes up more than one interval
 * late is missed, with all that have passed since: there are no bursts after a stop.
 *
 * <p>The timer's thread only decides; runs are started on the starters, so a slow job delays
 * nobody's decision. A start costs O(log jobs). Thread-safe.
 */
public final class Schedule {
  /**
   * What all jobs share.
   *
   * @param maxInFlight how many runs of all jobs may be in flight; it also bounds the starters'
   *     queue
   * @param seed decides the jitter; two daemons with different seeds do not knock together
   */
  public record Options(int maxInFlight, long seed) {
    public Options {
      if (maxInFlight < 1) {
        throw new IllegalArgumentException("expected maxInFlight >= 1, got " + maxInFlight);
      }
    }
  }

  private final Time time;
  private final Executor starters;
  private final Options options;
  private final long origin;
  private final CompletableFuture<Integer> drained = new CompletableFuture<>();

  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by lock: by name, with the removed ones whose run has not ended. */
  private final Map<String, Slot> slots = new HashMap<>();

  /** Guarded by lock: those not removed, the soonest first. */
  private final PriorityQueue<Slot> queue =
      new PriorityQueue<>(Comparator.comparingLong((Slot s) -> s.next));

  /** Guarded by lock: handed to the starters and not ended, of removed jobs too. */
  private int inFlight;

  /** Guarded by lock. */
  private boolean closed;

  /** Guarded by lock: cancels the one pending call of the timer. */
  private Runnable pending = () -> {};

  /**
   * A schedule without jobs.
   *
   * @param starters calls {@link Task#start}; two threads do, since a start returns at once. It
   *     must not run its tasks on the timer's thread, unless starts never block
   */
  public Schedule(Time time, Executor starters, Options options) {
    this.time = time;
    this.starters = starters;
    this.options = options;
    this.origin = time.nanos();
  }

  /**
   * From now on, exactly these jobs. A job whose name and plan are as before keeps its instants and
   * its run in flight, and starts the new task from its next instant on. Removed ones start no
   * more; their runs are left to end. New ones take their place in the interval.
   *
   * @throws IllegalArgumentException if two jobs have the same name; nothing has changed then
   */
  public void replace(Collection<Job> jobs) {
    Set<String> names = new HashSet<>();
    for (Job job : jobs) {
      if (!names.add(job.name())) {
        throw new IllegalArgumentException("two jobs are called \"" + job.name() + "\"");
      }
    }
    lock.lock();
    try {
      if (closed) {
        return;
      }
      slots.values().forEach(slot -> slot.removed |= !names.contains(slot.job.name()));
      slots.values().removeIf(slot -> slot.removed && !slot.running);
      long now = now();
      jobs.forEach(job -> put(job, now));
      queue.clear();
      slots.values().stream().filter(slot -> !slot.removed).forEach(queue::add);
      arm();
    } finally {
      lock.unlock();
    }
  }

  private void put(Job job, long now) {
    Slot slot = slots.get(job.name());
    if (slot == null) {
      slots.put(job.name(), new Slot(job, options.seed(), now));
      return;
    }
    boolean keeps = !slot.removed && slot.job.plan().equals(job.plan());
    slot.job = job;
    slot.removed = false;
    if (!keeps) {
      slot.enter(now);
    }
  }

  /** How many runs are in flight. */
  public int inFlight() {
    lock.lock();
    try {
      return inFlight;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Starts nothing more. The timer and the starters must live on until the result is there.
   *
   * @return completes with 0 when all runs have ended, or with the number that have not when the
   *     deadline passes; later calls return the same
   */
  public CompletableFuture<Integer> close(Duration deadline) {
    boolean idle;
    lock.lock();
    try {
      if (closed) {
        return drained;
      }
      closed = true;
      queue.clear();
      pending.run();
      idle = inFlight == 0;
      pending = idle ? () -> {} : time.after(deadline, () -> drained.complete(inFlight()));
    } finally {
      lock.unlock();
    }
    if (idle) {
      drained.complete(0);
    }
    return drained;
  }

  private long now() {
    return time.nanos() - origin;
  }

  /** With the lock: has the timer call when the soonest instant comes. */
  private void arm() {
    pending.run();
    Slot head = queue.peek();
    if (head != null) {
      pending = time.after(Duration.ofNanos(Math.max(0, head.next - now())), this::turn);
    }
  }

  /** On the timer's thread. A call too many, from a lost race to cancel it, finds nothing due. */
  private void turn() {
    List<Runnable> decided = new ArrayList<>();
    lock.lock();
    try {
      long now = now();
      for (Slot s = queue.peek(); s != null && s.next <= now; s = queue.peek()) {
        queue.remove();
        decide(s, now, decided);
        queue.add(s);
      }
      if (!closed) {
        arm();
      }
    } finally {
      lock.unlock();
    }
    decided.forEach(Runnable::run);
  }

  private void decide(Slot slot, long now, List<Runnable> decided) {
    long intended = slot.next;
    long passed = slot.advance(now);
    Skip skip = skip(slot, now - intended);
    Task task = slot.job.task();
    if (skip == null) {
      slot.running = true;
      inFlight++;
      decided.add(() -> handOver(slot, task, intended));
    }
    long late = passed + (skip == Skip.LATE ? 1 : 0);
    if (late > 0) {
      decided.add(() -> tell(task, t -> t.onSkip(Skip.LATE, late)));
    }
    if (skip != null && skip != Skip.LATE) {
      decided.add(() -> tell(task, t -> t.onSkip(skip, 1)));
    }
  }

  private @Nullable Skip skip(Slot slot, long lag) {
    if (lag > slot.interval()) {
      return Skip.LATE;
    } else if (slot.running) {
      return Skip.OVERLAP;
    }
    return inFlight >= options.maxInFlight() ? Skip.SATURATED : null;
  }

  private void handOver(Slot slot, Task task, long intended) {
    try {
      starters.execute(() -> start(slot, intended));
    } catch (RejectedExecutionException e) {
      ended(slot);
      tell(task, t -> t.onDefect(e));
    }
  }

  /** On a starter's thread, perhaps long after the decision if the starters were held up. */
  private void start(Slot slot, long intended) {
    long lag = now() - intended;
    Task task;
    boolean late;
    lock.lock();
    try {
      task = closed || slot.removed ? null : slot.job.task();
      late = lag > slot.interval();
    } finally {
      lock.unlock();
    }
    if (task == null) {
      ended(slot);
    } else if (late) {
      ended(slot);
      tell(task, t -> t.onSkip(Skip.LATE, 1));
    } else {
      tell(task, t -> t.onStart(Duration.ofNanos(lag)));
      run(slot, task);
    }
  }

  private void run(Slot slot, Task task) {
    CompletionStage<?> run;
    try {
      run = Objects.requireNonNull(task.start(), "a task's stage");
    } catch (RuntimeException | Error e) {
      ended(slot);
      tell(task, t -> t.onDefect(e));
      return;
    }
    run.whenComplete(
        (result, defect) -> {
          ended(slot);
          if (defect != null) {
            tell(task, t -> t.onDefect(defect));
          }
        });
  }

  private void ended(Slot slot) {
    boolean last;
    lock.lock();
    try {
      inFlight--;
      slot.running = false;
      if (slot.removed) {
        slots.remove(slot.job.name());
      }
      last = closed && inFlight == 0;
      if (last) {
        pending.run();
      }
    } finally {
      lock.unlock();
    }
    if (last) {
      drained.complete(0);
    }
  }

  /** A task that throws when told something must not take the others' turn away. */
  private static void tell(Task task, Consumer<Task> what) {
    try {
      what.accept(task);
    } catch (RuntimeException | Error e) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }
}
