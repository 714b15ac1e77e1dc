package dev.echosounder.bench;

import dev.echosounder.check.Check;
import dev.echosounder.check.Echo;
import dev.echosounder.check.Outcome;
import dev.echosounder.check.Payload;
import dev.echosounder.check.Timer;
import dev.echosounder.scenario.ScenarioCheck;
import dev.echosounder.servers.EchoServer;
import dev.echosounder.servers.ServerKind;
import dev.echosounder.ws.Client;
import dev.echosounder.ws.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Answers: how much longer does a check take when it is written in Gherkin? The same exchange with
 * the same Netty server, one run after the other, in blocks that alternate. Also tells the heap
 * after each round, which has to stay flat.
 */
final class ScenarioOverhead {
  private static final int ROUNDS = 10;
  private static final int WARM_UP_ROUNDS = 5;
  private static final int BLOCK = 1_000;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private ScenarioOverhead() {}

  public static void main(String[] args) throws Exception {
    Path file = Path.of("features/core/echo.feature");
    Check gherkin =
        ScenarioCheck.of(file, Files.readString(file), "send Hello and receive echo", null);
    Check java = Echo.of(Payload.text("Hello"));
    long[] slow = new long[ROUNDS * BLOCK];
    long[] fast = new long[ROUNDS * BLOCK];
    ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    Timer timer = Timer.of(scheduler);
    try (EchoServer server = ServerKind.NETTY.startOrSkip();
        Client client = Client.create()) {
      for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
        int at = Math.max(round, 0) * BLOCK;
        for (int i = 0; i < BLOCK; i++) {
          fast[at + i] = once(java, client, Target.of(server.uri()), timer);
        }
        for (int i = 0; i < BLOCK; i++) {
          slow[at + i] = once(gherkin, client, Target.of(server.uri()), timer);
        }
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        long heap = (runtime.totalMemory() - runtime.freeMemory()) >> 10;
        System.err.printf("round %d: heap %,d KiB%n", round, heap);
      }
    } finally {
      scheduler.shutdownNow();
    }
    Arrays.sort(fast);
    Arrays.sort(slow);
    System.out.printf("connect, echo, close; µs (%,d runs each)%n", fast.length);
    System.out.printf("%-28s %8s %8s%n", "", "p50", "p90");
    print("as check of kind echo", fast);
    print("as check of kind scenario", slow);
    System.out.printf("%-28s %8.1f %8.1f%n", "more", more(slow, fast, 0.5), more(slow, fast, 0.9));
    System.out.printf(
        "RESULT\ta scenario over the same check, p50\t%.2f\tms more\t<=0.2%n",
        more(slow, fast, 0.5) / 1e3);
  }

  private static long once(Check check, Client client, Target target, Timer timer)
      throws Exception {
    long start = System.nanoTime();
    Outcome outcome = check.run(client, target, PATIENCE, timer).get(10, TimeUnit.SECONDS);
    long took = System.nanoTime() - start;
    if (!(outcome instanceof Outcome.Passed)) {
      throw new IllegalStateException("it did not pass: " + outcome);
    }
    return took;
  }

  private static void print(String name, long[] sorted) {
    System.out.printf("%-28s %8.1f %8.1f%n", name, at(sorted, 0.5) / 1e3, at(sorted, 0.9) / 1e3);
  }

  private static double more(long[] slow, long[] fast, double quantile) {
    return (at(slow, quantile) - at(fast, quantile)) / 1e3;
  }

  private static long at(long[] sorted, double quantile) {
    return sorted[(int) (sorted.length * quantile)];
  }
}
