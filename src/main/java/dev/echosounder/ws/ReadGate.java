package dev.echosounder.ws;

import java.time.Duration;
import java.util.function.Consumer;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a socket is read: at will, so many bytes a second, or not at all. What is not
 * read stays in the kernel, whose window then closes: nobody sleeps, and other sockets of the same
 * thread are read meanwhile. Thread-safe: who sets the rate is not who reads.
 */
final class ReadGate {
  /** Short enough for a steady flow, long enough to cost nothing. */
  private static final Duration SLICE = Duration.ofMillis(20);

  private static final int AT_WILL = Integer.MAX_VALUE;

  private final Connection connection;
  private final Consumer<Callback> selector;

  // All guarded by this.
  private int perSlice = AT_WILL;
  private long sliceNanos;
  private long sliceEnd;
  private int left;

  /** Who wants to be told of bytes to read, once there may be reading. */
  private @Nullable Callback waiting;

  /**
   * @param selector has a callback told when there is something to read
   */
  ReadGate(Connection connection, Consumer<Callback> selector) {
    this.connection = connection;
    this.selector = selector;
  }

  void open() {
    synchronized (this) {
      perSlice = AT_WILL;
    }
    resume();
  }

  synchronized void close() {
    perSlice = 0;
  }

  /** From now on; 1 or more. */
  void throttle(int bytesPerSecond) {
    synchronized (this) {
      long second = Duration.ofSeconds(1).toNanos();
      perSlice = (int) Math.max(1, bytesPerSecond * SLICE.toNanos() / second);
      sliceNanos = perSlice * second / bytesPerSecond;
      sliceEnd = connection.now();
    }
    resume();
  }

  /** How many bytes may be read at once. */
  synchronized int most() {
    if (perSlice == AT_WILL || perSlice == 0) {
      return perSlice;
    }
    long now = connection.now();
    if (now - sliceEnd >= 0) {
      // What was not used is not saved up: "at most" holds for every second.
      left = perSlice;
      sliceEnd = now + sliceNanos;
    }
    return left;
  }

  synchronized void took(int bytes) {
    left -= bytes;
  }

  /** Whether {@code callback} has to wait; it is told when it may go on. */
  boolean holds(Callback callback) {
    Duration wait;
    synchronized (this) {
      if (most() > 0) {
        return false;
      }
      waiting = callback;
      if (perSlice == 0) {
        return true;
      }
      wait = Duration.ofNanos(sliceEnd - connection.now());
    }
    connection.after(wait, this::resume);
    return true;
  }

  private void resume() {
    Callback resumed;
    synchronized (this) {
      if (most() == 0) {
        return;
      }
      resumed = waiting;
      waiting = null;
    }
    if (resumed != null) {
      selector.accept(resumed);
    }
  }
}
