package dev.echosounder.scenario;

/** Steps as calls that tests need not catch anything of. */
final class Blocking {
  private Blocking() {}

  /** A step that yields nothing. */
  interface Action {
    void run() throws InterruptedException;
  }

  /** Its value says no more than that it has run. */
  static World.Step<Boolean> step(Action action) {
    return () -> {
      action.run();
      return true;
    };
  }

  /**
   * Runs it.
   *
   * @throws IllegalStateException if the thread is interrupted, as a test's own timeout may do; it
   *     stays interrupted
   */
  static <T> T run(World.Step<T> step) {
    try {
      return step.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the test was interrupted while it waited", e);
    }
  }
}
