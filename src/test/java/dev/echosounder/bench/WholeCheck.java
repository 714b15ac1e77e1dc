package dev.echosounder.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Answers: what does a whole check cost, beside blackbox_exporter's {@code tcp} prober that only
 * shakes hands, and beside the same check without our code, on the library that ours is built on
 * and on a blocking socket? CPU of each whole process, at the same rates, one after the other,
 * against the same server: {@code WholeCheck [SECONDS [RATE...]]}, after twice as long to warm up.
 *
 * <p>Ours is scraped every ten seconds; blackbox_exporter answers each probe with its metrics; the
 * bare ones count, and do nothing else.
 */
final class WholeCheck {
  private static final int SCRAPE_SECONDS = 10;
  private static final String GOAL = "<=0.5";
  private static final String BLACKBOX = "blackbox tcp, handshake only";
  private static final String JETTY = "bare Jetty client, echo";
  private static final String JETTY_FEW = "bare Jetty, our threads, echo";
  private static final String SOCKET = "bare blocking socket, echo";
  private static final String OURS = "ours, ";

  /** What {@link BareChecks} calls them. */
  private static final Map<String, String> BARE =
      new TreeMap<>(Map.of(SOCKET, "socket", JETTY, "jetty", JETTY_FEW, "jetty-few"));

  private static final Map<String, String> KINDS =
      new TreeMap<>(
          Map.of(
              "handshake", "kind: handshake",
              "echo", "kind: echo, send: Hello",
              "scenario",
                  "kind: scenario, scenario: send Hello and receive echo, feature: "
                      + Path.of("features/core/echo.feature").toAbsolutePath()));

  private final EchoProgram server;
  private final Duration warmUp;
  private final Duration measured;

  private WholeCheck(EchoProgram server, int seconds) {
    this.server = server;
    warmUp = Duration.ofSeconds(seconds * 2L);
    measured = Duration.ofSeconds(seconds);
  }

  /** What so many checks took. */
  private record Cost(double checks, double failed, CpuTime cpu) {
    /** CPU seconds. */
    double perThousand() {
      return cpu.all().toNanos() / 1e6 / checks;
    }

    /** As {@link #perThousand()}, of the compiler. */
    double compilingPerThousand() {
      return cpu.compiling().toNanos() / 1e6 / checks;
    }

    /** As {@link #perThousand()}, without the compiler, which comes to its end some time. */
    double workingPerThousand() {
      return cpu.working().toNanos() / 1e6 / checks;
    }
  }

  public static void main(String[] args) throws Exception {
    int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 20;
    int[] rates =
        args.length > 1
            ? IntStream.range(1, args.length).map(i -> Integer.parseInt(args[i])).toArray()
            : new int[] {500};
    try (EchoProgram server = EchoProgram.start()) {
      WholeCheck bench = new WholeCheck(server, seconds);
      System.out.printf(
          "CPU seconds of a whole check, per 1,000, over %d s; the server: %s%n",
          seconds, server.name());
      System.out.printf(
          "%-34s %8s %8s %8s %8s %10s %8s%n",
          "", "per s", "checks", "failed", "CPU s", "compiling", "ratio");
      for (int rate : rates) {
        bench.compare(rate);
      }
    }
  }

  private void compare(int rate) throws Exception {
    Map<String, Cost> all = new LinkedHashMap<>();
    if (Blackbox.installed()) {
      all.put(BLACKBOX, blackbox(rate));
    } else {
      System.out.println("no " + Blackbox.program() + " here: no ratio");
    }
    for (Map.Entry<String, String> way : BARE.entrySet()) {
      all.put(way.getKey(), bare(way.getValue(), rate));
    }
    for (String kind : KINDS.keySet()) {
      all.put(OURS + kind, daemon(kind, rate));
    }
    all.forEach((name, cost) -> print(name, rate, cost, all.get(BLACKBOX)));
    for (String kind : KINDS.keySet()) {
      result("whole check, " + kind, rate, all, OURS + kind, BLACKBOX, "blackbox CPU", GOAL);
    }
    for (String bare : BARE.keySet()) {
      result(bare, rate, all, bare, BLACKBOX, "blackbox CPU", "");
    }
    result("whole check, echo", rate, all, OURS + "echo", JETTY_FEW, "bare Jetty CPU", "");
    Cost ours = Objects.requireNonNull(all.get(OURS + "echo"));
    Cost jetty = Objects.requireNonNull(all.get(JETTY_FEW));
    System.out.printf(
        "RESULT\twhole check, echo, %d/s, compilers apart\t%.2f\tx bare Jetty CPU\t%n",
        rate, ours.workingPerThousand() / jetty.workingPerThousand());
  }

  private static void result(
      String what,
      int rate,
      Map<String, Cost> all,
      String row,
      String beside,
      String unit,
      String goal) {
    double ratio = ratio(Objects.requireNonNull(all.get(row)), all.get(beside));
    System.out.printf("RESULT\t%s, %d/s\t%.2f\tx %s\t%s%n", what, rate, ratio, unit, goal);
  }

  private static double ratio(Cost cost, @Nullable Cost beside) {
    return beside == null ? Double.NaN : cost.perThousand() / beside.perThousand();
  }

  private static void print(String name, int rate, Cost cost, @Nullable Cost beside) {
    System.out.printf(
        "%-34s %8d %8.0f %8.0f %8.3f %10.3f %8.2f%n",
        name,
        rate,
        cost.checks(),
        cost.failed(),
        cost.perThousand(),
        cost.compilingPerThousand(),
        ratio(cost, beside));
  }

  private Cost blackbox(int rate) throws Exception {
    try (Blackbox blackbox = Blackbox.start(server.uri())) {
      blackbox.drive(rate, warmUp);
      CpuTime before = blackbox.process().cpu();
      Blackbox.Driven driven = blackbox.drive(rate, measured);
      CpuTime cpu = blackbox.process().cpu().minus(before);
      return new Cost(driven.answered(), driven.failed(), cpu);
    }
  }

  private Cost bare(String way, int rate) throws Exception {
    List<String> command = new ArrayList<>(List.of(EchoProgram.java()));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(BareChecks.class.getName(), way, server.uri().toString(), "" + rate));
    command.addAll(List.of("" + warmUp.toSeconds(), "" + measured.toSeconds()));
    try (Child bare = Child.start(command)) {
      TimeUnit.MILLISECONDS.sleep(warmUp.toMillis());
      String[] from = bare.said("^measuring (\\d+ \\d+)\\R").split(" ", -1);
      CpuTime before = bare.cpu();
      TimeUnit.MILLISECONDS.sleep(measured.toMillis() - 50);
      String[] to = bare.said("^measured (\\d+ \\d+)\\R").split(" ", -1);
      CpuTime cpu = bare.cpu().minus(before);
      double failed = Double.parseDouble(to[1]) - Double.parseDouble(from[1]);
      if (failed > 0) {
        System.err.println(bare.said("^(the first that failed: .*)\\R"));
      }
      return new Cost(Double.parseDouble(to[0]) - Double.parseDouble(from[0]), failed, cpu);
    }
  }

  private Cost daemon(String kind, int rate) throws Exception {
    Path config = Files.createTempFile("echosounder-bench", ".yml");
    Files.writeString(config, config(Objects.requireNonNull(KINDS.get(kind)), rate));
    try (Child daemon =
        Child.start(
            List.of(
                EchoProgram.java(),
                "-jar",
                Packaged.jar(),
                "daemon",
                "--config",
                config.toString(),
                "--port",
                "0"))) {
      URI metrics = URI.create(daemon.said("^metrics +(\\S+)$"));
      pass(warmUp, metrics);
      // Both windows begin just before a scrape and end just before another.
      CpuTime cpu = daemon.cpu();
      String before = pass(measured, metrics);
      cpu = daemon.cpu().minus(cpu);
      String after = Packaged.get(metrics);
      return new Cost(
          more("echosounder_probe_runs_total", before, after),
          more("echosounder_probe_failures_total", before, after)
              + more("echosounder_probe_skipped_total", before, after),
          cpu);
    } finally {
      Files.delete(config);
    }
  }

  private String config(String check, int rate) {
    String form = "  - {name: t%d, url: '%s', checks: [{%s, interval: 1s, timeout: 1s}]}";
    return "logging: {level: error}\ntargets:\n"
        + IntStream.range(0, rate)
            .mapToObj(i -> form.formatted(i, server.uri(), check))
            .collect(Collectors.joining("\n"))
        + "\n";
  }

  private static double more(String metric, String before, String after) {
    return Packaged.sum(after, metric) - Packaged.sum(before, metric);
  }

  /** Scrapes at once and then now and then, as a Prometheus would: the first page. */
  private static String pass(Duration time, URI metrics) throws IOException, InterruptedException {
    long next = System.nanoTime();
    String first = Packaged.get(metrics);
    for (long end = next + time.toNanos(); next < end; ) {
      next = Math.min(end, next + TimeUnit.SECONDS.toNanos(SCRAPE_SECONDS));
      TimeUnit.NANOSECONDS.sleep(next - System.nanoTime()); // not at all if it is past
      if (next < end) {
        Packaged.get(metrics);
      }
    }
    return first;
  }
}
