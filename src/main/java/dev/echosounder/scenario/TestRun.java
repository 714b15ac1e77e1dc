package dev.echosounder.scenario;

/**
 * Keeps what all tests share, threads and the embedded peer, until it is closed; without one they
 * live as long as the JVM. Any number may be under way: the last one frees everything.
 */
public final class TestRun implements AutoCloseable {
  private TestRun() {}

  /** A run begins. */
  public static TestRun begin() {
    Shared.enter();
    return new TestRun();
  }

  /** The run is over. To be called once. */
  @Override
  public void close() {
    Shared.leave();
  }
}
