package dev.echosounder.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Answers: what does a whole check cost, beside blackbox_exporter's {@code tcp} prober that only
 * shakes hands? CPU of each whole process, at the same rates, one after the other, against the same
 * server: {@code WholeCheck [SECONDS [RATE...]]}, after twice as long to warm up.
 *
 * <p>Ours is scraped every ten seconds; blackbox_exporter answers each probe with its metrics.
 */
final class WholeCheck {
  private static final int SCRAPE_SECONDS = 10;
  private static final String GOAL = "<=0.5";

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

  /** CPU seconds for so many checks. */
  private record Cost(double checks, double failed, Duration cpu, Duration compiling) {
    double perThousand() {
      return cpu.toNanos() / 1e6 / checks;
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
    Map<String, Double> ratios = new TreeMap<>();
    Cost peer = null;
    if (Blackbox.installed()) {
      peer = blackbox(rate);
      print("blackbox tcp, handshake only", rate, peer, 1);
    } else {
      System.out.println("no " + Blackbox.program() + " here: no ratio");
    }
    for (String kind : KINDS.keySet()) {
      Cost ours = daemon(kind, rate);
      double ratio = peer == null ? Double.NaN : ours.perThousand() / peer.perThousand();
      ratios.put(kind, ratio);
      print("ours, " + kind, rate, ours, ratio);
    }
    ratios.forEach(
        (kind, ratio) ->
            System.out.printf(
                "RESULT\twhole check, %s, %d/s\t%.2f\tx blackbox CPU\t%s%n",
                kind, rate, ratio, GOAL));
  }

  private static void print(String name, int rate, Cost cost, double ratio) {
    System.out.printf(
        "%-34s %8d %8.0f %8.0f %8.3f %10.3f %8.2f%n",
        name,
        rate,
        cost.checks(),
        cost.failed(),
        cost.perThousand(),
        cost.compiling().toNanos() / 1e6 / cost.checks(),
        ratio);
  }

  private Cost blackbox(int rate) throws Exception {
    try (Blackbox blackbox = Blackbox.start(server.uri())) {
      blackbox.drive(rate, warmUp);
      Duration before = blackbox.process().cpu();
      Blackbox.Driven driven = blackbox.drive(rate, measured);
      Duration cpu = blackbox.process().cpu().minus(before);
      return new Cost(driven.answered(), driven.failed(), cpu, Duration.ZERO);
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
      String before = Packaged.get(metrics);
      Duration cpu = daemon.cpu();
      Duration compiling = daemon.compiling();
      pass(measured, metrics);
      cpu = daemon.cpu().minus(cpu);
      compiling = daemon.compiling().minus(compiling);
      String after = Packaged.get(metrics);
      return new Cost(
          more("echosounder_probe_runs_total", before, after),
          more("echosounder_probe_failures_total", before, after)
              + more("echosounder_probe_skipped_total", before, after),
          cpu,
          compiling);
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

  /** Scrapes now and then, as a Prometheus would. */
  private static void pass(Duration time, URI metrics) throws IOException, InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toMillis(); left > 0; left = (end - System.nanoTime()) / 1_000_000) {
      TimeUnit.MILLISECONDS.sleep(Math.min(left, SCRAPE_SECONDS * 1_000L));
      Packaged.get(metrics);
    }
  }
}
