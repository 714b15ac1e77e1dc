package dev.echosounder.bench;

import dev.echosounder.check.Check;
import dev.echosounder.check.Echo;
import dev.echosounder.check.Expectation;
import dev.echosounder.check.Outcome;
import dev.echosounder.check.Payload;
import dev.echosounder.check.Timer;
import dev.echosounder.servers.EchoServer;
import dev.echosounder.servers.ServerKind;
import dev.echosounder.ws.Client;
import dev.echosounder.ws.Target;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Answers: how much does our way of measuring add to an echo's round trip on a held connection?
 * Ours, as {@code probe --count} reports it, against a bare blocking socket, on the same Netty
 * server, in blocks that alternate so that both see the same machine.
 */
final class RoundTrip {
  private static final int ROUNDS = 20;
  private static final int BLOCK = 1_000;
  private static final int WARM_UP_ROUNDS = 60;
  private static final String TEXT = "Hello";
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private RoundTrip() {}

  public static void main(String[] args) throws Exception {
    long[] raw = new long[ROUNDS * BLOCK];
    long[] ours = new long[ROUNDS * BLOCK];
    ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    Timer timer = Timer.of(scheduler);
    try (EchoServer server = ServerKind.NETTY.startOrSkip();
        Client client = Client.create();
        RawSocket socket = new RawSocket(server.uri())) {
      for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
        int at = Math.max(round, 0) * BLOCK;
        byte[] text = TEXT.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < BLOCK; i++) {
          raw[at + i] = socket.roundTrip(text);
        }
        measure(client, Target.of(server.uri()), timer, ours, at);
      }
    } finally {
      scheduler.shutdownNow();
    }
    Arrays.sort(raw);
    Arrays.sort(ours);
    System.out.printf("round trip on a held connection, µs (%,d each)%n", raw.length);
    System.out.printf("%-28s %8s %8s %8s%n", "", "p50", "p90", "p99");
    print("bare blocking socket", raw);
    print("as probe --count reports it", ours);
    System.out.printf(
        "%-28s %8.2f %8.2f %8.2f%n",
        "ratio", ratio(ours, raw, 0.5), ratio(ours, raw, 0.9), ratio(ours, raw, 0.99));
  }

  /** One connection a block, driven and measured by the check that {@code probe --count} runs. */
  private static void measure(Client client, Target target, Timer timer, long[] into, int at)
      throws Exception {
    Payload hello = Payload.text(TEXT);
    Check echo = new Echo(hello, new Expectation.Exactly(hello), BLOCK, 0);
    Outcome outcome = echo.run(client, target, PATIENCE, timer).get(10, TimeUnit.SECONDS);
    if (!(outcome instanceof Outcome.Passed passed)) {
      throw new IllegalStateException("the echo did not pass: " + outcome);
    }
    List<Duration> roundTrips = passed.evidence().roundTrips();
    for (int i = 0; i < BLOCK; i++) {
      into[at + i] = roundTrips.get(i).toNanos();
    }
  }

  private static void print(String name, long[] sorted) {
    System.out.printf(
        "%-28s %8.1f %8.1f %8.1f%n",
        name, at(sorted, 0.5) / 1e3, at(sorted, 0.9) / 1e3, at(sorted, 0.99) / 1e3);
  }

  private static double ratio(long[] ours, long[] raw, double quantile) {
    return (double) at(ours, quantile) / at(raw, quantile);
  }

  private static long at(long[] sorted, double quantile) {
    return sorted[(int) (quantile * (sorted.length - 1))];
  }
}
