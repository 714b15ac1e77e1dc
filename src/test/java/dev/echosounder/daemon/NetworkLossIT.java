package dev.echosounder.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.servers.Namespaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/**
 * A network that loses everything without a word: the heartbeat finds it within its deadline, where
 * TCP would retransmit for a quarter of an hour.
 */
@Tag("surroundings")
final class NetworkLossIT {
  /** Heartbeats come every second, and their answers have a second: two, and some for the rest. */
  private static final Duration FOUND_WITHIN = Duration.ofSeconds(4);

  private static final String CONFIG =
      """
      web: {listen: 127.0.0.1:9115}
      targets:
        - name: far
          url: ws://%s:8080/echo
          checks:
            - {kind: hold, interval: 1s, timeout: 1s, reconnect_within: 100ms, reconnect_at_most: 500ms}
      """
          .formatted(Namespaces.FAR);

  private final List<Process> processes = new ArrayList<>();
  @TempDir private Path directory;

  @AfterEach
  void stop() throws InterruptedException {
    for (Process process : processes) {
      process.destroy();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }

  @Test
  void theHeartbeatFindsIt() throws Exception {
    Optional<String> why = Namespaces.unavailable();
    if (why.isPresent()) {
      // In CI the machine is the suite's own, and has to have them.
      assertThat(System.getenv("CI")).as(why.get()).isNotEqualTo("true");
      throw new TestAbortedException("no network namespaces: " + why.get());
    }
    Files.writeString(directory.resolve("echosounder.yml"), CONFIG);
    try (Namespaces hosts = Namespaces.create()) {
      Path peer =
          start("peer", hosts.onFar(program("peer", "--host", Namespaces.FAR, "--port", "8080")));
      await(peer, "listening on", 1, Duration.ofSeconds(30));
      Path daemon = start("daemon", hosts.onNear(program("daemon", "--config", "echosounder.yml")));
      await(daemon, "9115/metrics", 1, Duration.ofSeconds(30));
      awaitOpen(hosts, 1);
      lost(daemon, 1, hosts::loseEverything, hosts::loseNothing);
      awaitOpen(hosts, 2);
      lost(daemon, 2, hosts::blackHoleRoute, hosts::restoreRoute);
      awaitOpen(hosts, 3);
      assertThat(metrics(hosts))
          .contains(
              "echosounder_connection_ends_total{cause=\"liveness_timeout\","
                  + "check=\"hold\",target=\"far\"} 2.0")
          .doesNotContainPattern("connection_ends_total\\{cause=\"(?!liveness).*} [1-9]");
    }
  }

  private void lost(Path log, int times, Runnable lose, Runnable restore) throws IOException {
    long start = System.nanoTime();
    lose.run();
    await(log, "cause=\"liveness_timeout\"", times, FOUND_WITHIN);
    System.out.printf("found after %.2f s%n", (System.nanoTime() - start) / 1e9);
    restore.run();
    await(log, "connection recovered", times, Duration.ofSeconds(20));
  }

  /** As often as it says; the peer and the daemon have that much patience too. */
  private static void await(Path log, String words, int times, Duration limit) throws IOException {
    long end = System.nanoTime() + limit.toNanos();
    while (Files.readString(log).split(Pattern.quote(words), -1).length <= times) {
      assertThat(System.nanoTime()).as(words + " in " + Files.readString(log)).isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private void awaitOpen(Namespaces hosts, int times) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    String opened = "echosounder_connections_opened_total{check=\"hold\",target=\"far\"} ";
    while (!metrics(hosts).contains(opened + times + ".0")) {
      assertThat(System.nanoTime()).as(metrics(hosts)).isLessThan(end);
    }
  }

  /** The daemon listens on the near host's own loopback, which this process is not on. */
  private String metrics(Namespaces hosts) throws Exception {
    Path out = directory.resolve("metrics");
    String get =
        "exec 3<>/dev/tcp/127.0.0.1/9115; printf 'GET /metrics HTTP/1.0\\r\\n\\r\\n' >&3; cat <&3";
    Process process =
        new ProcessBuilder(hosts.onNear(List.of("bash", "-c", get)))
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return Files.readString(out);
  }

  private Path start(String name, List<String> command) throws IOException {
    Path log = directory.resolve(name + ".log");
    processes.add(
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start());
    return log;
  }

  private static List<String> program(String... arguments) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> line = new ArrayList<>(List.of(java, "-cp", classes, "dev.echosounder.cli.Main"));
    line.addAll(List.of(arguments));
    return line;
  }
}
