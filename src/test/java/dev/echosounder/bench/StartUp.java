package dev.echosounder.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Answers: how long does a start take, and what does an archive of classes save? From the start of
 * the process to a daemon's first result in its metrics, and to the end of a test of one scenario;
 * the ways of starting take turns, and the median counts: {@code StartUp [RUNS]}.
 */
final class StartUp {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);
  private static final String SCENARIO = "features/core/echo.feature:4";

  /** A way of starting: what stands before the subcommand; trained by a run with other words. */
  private record Way(String name, List<String> training, List<String> start) {}

  private record Took(Duration time, Duration cpu) {}

  private interface Run {
    Took once(List<String> start) throws Exception;
  }

  private final EchoProgram server;
  private final Path directory;
  private final int runs;

  private StartUp(EchoProgram server, Path directory, int runs) {
    this.server = server;
    this.directory = directory;
    this.runs = runs;
  }

  public static void main(String[] args) throws Exception {
    int runs = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    Path directory = Files.createTempDirectory("echosounder-start");
    try (EchoProgram server = EchoProgram.start()) {
      StartUp bench = new StartUp(server, directory, runs);
      System.out.printf(
          "start on JDK %s, median of %d; the server: %s%n",
          Runtime.version().feature(), runs, server.name());
      double daemon = bench.compare("daemon, to its first result", "daemon", bench::daemon);
      double test = bench.compare("test of one scenario, to its end", "test", bench::test);
      String row = "RESULT\tstart, %s, JDK %d\t%.2f\tx plain start\t<=0.5%n";
      System.out.printf(row, "daemon", Runtime.version().feature(), daemon);
      System.out.printf(row, "test", Runtime.version().feature(), test);
    } finally {
      try (Stream<Path> files = Files.list(directory)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(directory);
    }
  }

  /** The launcher's ratio to the plain start. */
  private double compare(String title, String kind, Run run) throws Exception {
    Map<Way, List<Took>> all = new LinkedHashMap<>();
    for (Way way : ways(kind)) {
      run.once(way.training());
      all.put(way, new ArrayList<>());
    }
    for (int i = 0; i < runs; i++) {
      for (var way : all.entrySet()) {
        way.getValue().add(run.once(way.getKey().start()));
      }
    }
    System.out.printf("%-40s %8s %8s %8s %8s%n", title, "ms", "ratio", "CPU ms", "ratio");
    long[] plain = median(all.values().iterator().next());
    long[] last = plain;
    for (var way : all.entrySet()) {
      last = median(way.getValue());
      System.out.printf(
          "%-40s %8d %8.2f %8d %8.2f%n",
          way.getKey().name(),
          last[0],
          (double) last[0] / plain[0],
          last[1],
          (double) last[1] / plain[1]);
    }
    return (double) last[0] / plain[0];
  }

  private static long[] median(List<Took> all) {
    return new long[] {
      all.stream().mapToLong(t -> t.time().toMillis()).sorted().toArray()[all.size() / 2],
      all.stream().mapToLong(t -> t.cpu().toMillis()).sorted().toArray()[all.size() / 2]
    };
  }

  /** The plain one first, the launcher last. */
  private List<Way> ways(String kind) throws IOException {
    int jdk = Runtime.version().feature();
    String file = directory.resolve(kind).toString();
    List<Way> ways = new ArrayList<>();
    ways.add(new Way("java -jar", java(), java()));
    List<String> quick = java("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    ways.add(new Way("serial collector, first compiler only", quick, quick));
    ways.add(
        new Way(
            "archive, -XX:ArchiveClassesAtExit",
            java("-XX:ArchiveClassesAtExit=" + file + ".jsa"),
            java("-XX:SharedArchiveFile=" + file + ".jsa")));
    if (jdk >= 19) {
      List<String> auto =
          java("-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + file + ".auto");
      ways.add(new Way("archive, -XX:+AutoCreateSharedArchive", auto, auto));
    }
    if (jdk >= 25) {
      ways.add(
          new Way(
              "cache, -XX:AOTCache",
              java("-XX:AOTCacheOutput=" + file + ".aot"),
              java("-XX:AOTCache=" + file + ".aot")));
    }
    ways.add(new Way("./echosounder", List.of("./echosounder"), List.of("./echosounder")));
    return ways;
  }

  private static List<String> java(String... flags) throws IOException {
    List<String> command = new ArrayList<>(List.of(EchoProgram.java()));
    command.addAll(Arrays.asList(flags));
    command.addAll(List.of("-Xlog:disable", "-jar", Packaged.jar()));
    return command;
  }

  private Took daemon(List<String> start) throws Exception {
    Path config = Files.createTempFile("echosounder-bench", ".yml");
    String target =
        "targets: [{name: echo, url: '%s', checks: [{kind: echo, send: Hello, interval: 100ms}]}]";
    Files.writeString(config, target.formatted(server.uri()));
    int port = freePort();
    URI metrics = URI.create("http://127.0.0.1:" + port + "/metrics");
    List<String> command = new ArrayList<>(start);
    command.addAll(List.of("daemon", "--config", config.toString(), "--port", "" + port));
    long began = System.nanoTime();
    try (Child daemon = Child.start(command)) {
      while (runs(metrics) < 1) {
        if (System.nanoTime() - began > PATIENCE || !daemon.alive()) {
          throw new IllegalStateException("no result: " + daemon.output());
        }
        TimeUnit.MILLISECONDS.sleep(5);
      }
      return new Took(Duration.ofNanos(System.nanoTime() - began), daemon.cpu().all());
    } finally {
      Files.delete(config);
    }
  }

  private static double runs(URI metrics) throws InterruptedException {
    try {
      return Packaged.sum(Packaged.get(metrics), "echosounder_probe_runs_total");
    } catch (IOException notYet) {
      return 0;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Took test(List<String> start) throws Exception {
    List<String> command = new ArrayList<>(start);
    command.addAll(List.of("test", SCENARIO, "--target", server.uri().toString()));
    long began = System.nanoTime();
    try (Child test = Child.start(command)) {
      Duration cpu = test.succeeds();
      return new Took(Duration.ofNanos(System.nanoTime() - began), cpu);
    }
  }
}
