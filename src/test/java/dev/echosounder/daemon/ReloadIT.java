package dev.echosounder.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.peer.Peer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hundred reloads while checks run: those that did not change lose no run and run none twice. The
 * peers count what they served, each for targets of its own.
 */
final class ReloadIT {
  private static final int RELOADS = 100;
  private static final int STEADY = 20;
  private static final Duration INTERVAL = Duration.ofMillis(500);

  @TempDir private Path directory;
  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void unchangedChecksLoseNoRunAndRunNoneTwice() throws Exception {
    try (Peer steady = Peer.start();
        Peer coming = Peer.start()) {
      Path file = directory.resolve("echosounder.yml");
      Files.writeString(file, yaml(steady, coming, 0, "500ms"));
      long before = System.nanoTime();
      try (Daemon daemon = Daemons.start(file)) {
        long start = System.nanoTime();
        int threads = 0;
        for (int i = 1; i <= RELOADS; i++) {
          Files.writeString(file, yaml(steady, coming, i % 7, "500ms"));
          assertThat(daemon.reload()).isEmpty();
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(40));
          threads = i == 10 ? Thread.activeCount() : threads;
        }
        long least = System.nanoTime() - start;
        long most = System.nanoTime() - before;
        assertThat(Thread.activeCount()).as("threads").isLessThanOrEqualTo(threads + 8);
        Files.writeString(file, yaml(steady, coming, 0, "1h"));
        assertThat(daemon.reload()).isEmpty();
        compare(daemon, steady, least, most);
      }
    }
  }

  private static String yaml(Peer steady, Peer coming, int more, String interval) {
    String form =
        "  - {name: %s, url: '%s', checks: [{kind: echo, send: a, interval: %s, timeout: 450ms}]}\n";
    StringBuilder yaml = new StringBuilder("targets:\n");
    for (int i = 0; i < STEADY; i++) {
      yaml.append(form.formatted("steady" + i, steady.uri("/echo"), interval));
    }
    for (int i = 0; i < more; i++) {
      yaml.append(form.formatted("coming" + i, coming.uri("/echo?prefix=" + more), interval));
    }
    return yaml.toString();
  }

  /** The plan of an hour makes one more run of each, within a second; then all is quiet. */
  private void compare(Daemon daemon, Peer steady, long least, long most) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    double before = -1;
    String metrics = metrics(daemon);
    while (sum(metrics, "echosounder_probe_runs_total") != before && System.nanoTime() < end) {
      before = sum(metrics, "echosounder_probe_runs_total");
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1_500));
      metrics = metrics(daemon);
    }
    assertThat(metrics).doesNotContain("target=\"coming");
    double runs = sum(metrics, "echosounder_probe_runs_total");
    double skipped = sum(metrics, "echosounder_probe_skipped_total");
    // A busy machine may let the time pass before TCP is connected: the peer never hears of those.
    double unheard = sum(metrics, "echosounder_probe_failures_total", "\"connect_timeout\"");
    assertThat(runs - unheard)
        .as("runs, as counted by both")
        .isEqualTo((double) steady.ledger().upgrades());
    // One instant more or less: where in the interval it began is not known. And the hour's run.
    assertThat((runs + skipped) / STEADY)
        .isBetween((double) least / INTERVAL.toNanos(), (double) most / INTERVAL.toNanos() + 2);
  }

  private String metrics(Daemon daemon) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + daemon.port() + "/metrics");
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private static double sum(String metrics, String name) {
    return sum(metrics, name, "");
  }

  private static double sum(String metrics, String name, String label) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(name + "{") && line.contains(label))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
