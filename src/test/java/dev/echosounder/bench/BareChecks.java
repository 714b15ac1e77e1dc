package dev.echosounder.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The floors of a whole check: connect, upgrade, echo and close without a line of ours, at a fixed
 * rate, in a process of its own: {@code BareChecks jetty|jetty-few|socket URI RATE WARM-UP
 * SECONDS}.
 *
 * <p>Says {@code measuring CHECKS FAILED} after the first seconds and {@code measured CHECKS
 * FAILED} after the others, each counted from the start, and lives on until it is killed or its
 * standard input ends.
 */
final class BareChecks {
  static final String TEXT = "Hello";
  static final int DEADLINE_MILLIS = 1_000;

  /** A second's worth of checks beyond the rate: what is more would only pile up. */
  private static final int MOST_SECONDS_IN_FLIGHT = 2;

  /** One kind of client. */
  interface Way extends AutoCloseable {
    /** Starts one check, or runs it to its end on this thread. */
    void check(Ended ended) throws Exception;

    @Override
    default void close() {}
  }

  /** Hears of a check's end, once. */
  interface Ended {
    /**
     * That is its end.
     *
     * @param failure why it failed; null if it passed
     */
    void ended(@Nullable Throwable failure);
  }

  private final LongAdder checks = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();

  /** Of the clock's thread only. */
  private long started;

  private BareChecks() {}

  public static void main(String[] args) throws Exception {
    URI uri = URI.create(args[1]);
    int rate = Integer.parseInt(args[2]);
    BareChecks bare = new BareChecks();
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    try (Way way = way(args[0], uri)) {
      long period = TimeUnit.SECONDS.toNanos(1) / rate;
      clock.scheduleAtFixedRate(() -> bare.start(way, rate), 0, period, TimeUnit.NANOSECONDS);
      TimeUnit.SECONDS.sleep(Integer.parseInt(args[3]));
      bare.say("measuring");
      TimeUnit.SECONDS.sleep(Integer.parseInt(args[4]));
      bare.say("measured");
      System.in.transferTo(System.out);
    } finally {
      clock.shutdownNow();
    }
  }

  private static Way way(String name, URI uri) throws Exception {
    return switch (name) {
      case "jetty" -> new BareJetty(uri, false);
      case "jetty-few" -> new BareJetty(uri, true);
      case "socket" -> ended -> socket(uri, ended);
      default -> throw new IllegalArgumentException("expected jetty, jetty-few or socket: " + name);
    };
  }

  private static void socket(URI uri, Ended ended) throws IOException {
    try (RawSocket socket = new RawSocket(uri)) {
      socket.roundTrip(TEXT.getBytes(StandardCharsets.US_ASCII));
      socket.closeHandshake();
    }
    ended.ended(null);
  }

  private void start(Way way, int rate) {
    if (started - checks.sum() >= (long) MOST_SECONDS_IN_FLIGHT * rate) {
      started++;
      ended(new IllegalStateException("too many are in flight"));
      return;
    }
    started++;
    try {
      way.check(this::ended);
    } catch (Exception e) {
      ended(e);
    }
  }

  private void ended(@Nullable Throwable failure) {
    checks.increment();
    if (failure != null) {
      failed.increment();
      if (first.compareAndSet(null, failure)) {
        System.out.println("the first that failed: " + failure);
      }
    }
  }

  private void say(String what) {
    System.out.printf("%s %d %d%n", what, checks.sum(), failed.sum());
  }
}
