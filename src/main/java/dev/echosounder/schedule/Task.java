package dev.echosounder.schedule;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * What a job does, and how it hears of what became of its instants. The {@code on…} methods are
 * called on the timer's, a starter's or the run's own thread; they must return at once.
 */
public interface Task {
  /**
   * Starts one run. Called on a starter thread; should return at once.
   *
   * @return completes when the run has ended, however it came out; until then no other run starts
   */
  CompletionStage<?> start();

  /** A run is about to start, {@code lag} after its intended instant. */
  default void onStart(Duration lag) {}

  /** So many instants passed without a start. Not called once the job is removed. */
  default void onSkip(Skip reason, long instants) {}

  /** {@link #start} threw, or its stage completed exceptionally: a bug. The schedule goes on. */
  default void onDefect(Throwable defect) {}
}
