package dev.echosounder.bench;

import dev.echosounder.check.Check;
import dev.echosounder.check.Echo;
import dev.echosounder.check.Outcome;
import dev.echosounder.check.Payload;
import dev.echosounder.check.Timer;
import dev.echosounder.scenario.ScenarioCheck;
import dev.echosounder.ws.Client;
import dev.echosounder.ws.Target;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Answers: how much longer does a check take, and how much more CPU, when it is written in Gherkin?
 * The same exchange with the same server, which is a process of its own, one run after the other,
 * in blocks that alternate: {@code ScenarioOverhead [ROUNDS [WARM-UP SECONDS]]}. Also tells of each
 * round, the warm-up's too, what it took, which has to have settled, and the heap after it, which
 * has to stay flat.
 */
final class ScenarioOverhead {
  private static final int BLOCK = 1_000;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Client client;
  private final Target target;
  private final Timer timer;

  private ScenarioOverhead(Client client, URI server, Timer timer) {
    this.client = client;
    target = Target.of(server);
    this.timer = timer;
  }

  /** One way to write the check, and what its runs of all rounds took. */
  private static final class Way {
    private final Check check;
    private final long[] nanos;
    private CpuTime cpu = new CpuTime(Duration.ZERO, Duration.ZERO);
    private int runs;

    Way(Check check, int rounds) {
      this.check = check;
      nanos = new long[rounds * BLOCK];
    }

    void forget() {
      runs = 0;
      cpu = new CpuTime(Duration.ZERO, Duration.ZERO);
    }

    double millis(double quantile) {
      long[] sorted = Arrays.copyOf(nanos, runs);
      Arrays.sort(sorted);
      return sorted[(int) (runs * quantile)] / 1e6;
    }

    /** CPU of this process, the compiler's apart. */
    double cpuMillis() {
      return cpu.working().toNanos() / 1e6 / runs;
    }

    double compilingMillis() {
      return cpu.compiling().toNanos() / 1e6 / runs;
    }
  }

  public static void main(String[] args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 10;
    long warmUp = TimeUnit.SECONDS.toNanos(args.length > 1 ? Integer.parseInt(args[1]) : 60);
    Path file = Path.of("features/core/echo.feature");
    Way java = new Way(Echo.of(Payload.text("Hello")), rounds);
    Way gherkin =
        new Way(
            ScenarioCheck.of(file, Files.readString(file), "send Hello and receive echo", null),
            rounds);
    ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    try (EchoProgram server = EchoProgram.start();
        Client client = Client.create()) {
      ScenarioOverhead bench = new ScenarioOverhead(client, server.uri(), Timer.of(scheduler));
      long begin = System.nanoTime();
      while (System.nanoTime() - begin < warmUp) {
        java.forget();
        gherkin.forget();
        bench.round("warm-up", java, gherkin);
      }
      java.forget();
      gherkin.forget();
      for (int round = 0; round < rounds; round++) {
        bench.round("round " + round, java, gherkin);
      }
      System.out.printf(
          "connect, echo, close; ms a run (%,d runs each, after %d s of them); the server: %s%n",
          java.runs, TimeUnit.NANOSECONDS.toSeconds(warmUp), server.name());
    } finally {
      scheduler.shutdownNow();
    }
    print(java, gherkin);
  }

  private void round(String name, Way java, Way gherkin) throws Exception {
    block(java);
    block(gherkin);
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    System.err.printf(
        "%s, up to here: p50 %.3f ms, in Gherkin %.3f; CPU %.3f and %.3f; heap %,d KiB%n",
        name,
        java.millis(0.5),
        gherkin.millis(0.5),
        java.cpuMillis(),
        gherkin.cpuMillis(),
        (runtime.totalMemory() - runtime.freeMemory()) >> 10);
  }

  private void block(Way way) throws Exception {
    CpuTime before = cpu();
    for (int i = 0; i < BLOCK; i++) {
      way.nanos[way.runs++] = once(way.check);
    }
    way.cpu = way.cpu.plus(cpu().minus(before));
  }

  private static CpuTime cpu() throws IOException {
    return CpuTime.of(ProcessHandle.current().pid());
  }

  private long once(Check check) throws Exception {
    long start = System.nanoTime();
    Outcome outcome = check.run(client, target, PATIENCE, timer).get(10, TimeUnit.SECONDS);
    long took = System.nanoTime() - start;
    if (!(outcome instanceof Outcome.Passed)) {
      throw new IllegalStateException("it did not pass: " + outcome);
    }
    return took;
  }

  private static void print(Way java, Way gherkin) {
    System.out.printf("%-28s %8s %8s %8s %10s%n", "", "p50", "p90", "CPU", "compiling");
    print("as check of kind echo", java);
    print("as check of kind scenario", gherkin);
    double p50 = gherkin.millis(0.5) - java.millis(0.5);
    double cpu = gherkin.cpuMillis() - java.cpuMillis();
    System.out.printf(
        "%-28s %8.3f %8.3f %8.3f%n", "more", p50, gherkin.millis(0.9) - java.millis(0.9), cpu);
    System.out.printf("RESULT\ta scenario over the same check, p50\t%.2f\tms more\t<=0.2%n", p50);
    System.out.printf("RESULT\ta scenario over the same check, CPU\t%.2f\tms more\t%n", cpu);
  }

  private static void print(String name, Way way) {
    System.out.printf(
        "%-28s %8.3f %8.3f %8.3f %10.3f%n",
        name, way.millis(0.5), way.millis(0.9), way.cpuMillis(), way.compilingMillis());
  }
}
