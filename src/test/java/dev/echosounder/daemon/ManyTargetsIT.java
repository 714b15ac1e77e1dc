package dev.echosounder.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.peer.Peer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two hundred targets, ninety of them bad: each is counted under its own cause and no other. */
@Tag("surroundings")
final class ManyTargetsIT {
  private static final Pattern FAILURES =
      Pattern.compile(
          "echosounder_probe_failures_total\\{.*?cause=\"(\\w+)\".*?target=\"(\\w+?)\\d+\".*\\} (\\S+)");

  @TempDir private Path directory;

  @Test
  void eachBadTargetIsCountedUnderItsOwnCause() throws Exception {
    try (Peer peer = Peer.start()) {
      Path file = directory.resolve("echosounder.yml");
      Files.writeString(file, yaml(peer, closedPort()));
      try (Daemon daemon = Daemons.start(file)) {
        Map<String, Double> failures = await(daemon, 3);
        // A healthy target may be late once on a busy machine; a bad one is never well.
        failures.keySet().remove("good timeout");
        failures.keySet().remove("good connect_timeout");
        failures.keySet().remove("good upgrade_timeout");
        assertThat(failures)
            .containsOnlyKeys("silent timeout", "closed refused", "reset reset", "nowhere dns");
      }
    }
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String yaml(Peer peer, int closed) {
    StringBuilder yaml = new StringBuilder("targets:\n");
    add(yaml, 110, "good", peer.uri("/echo"));
    add(yaml, 50, "silent", peer.uri("/silent"));
    add(yaml, 20, "closed", URI.create("ws://127.0.0.1:" + closed + "/"));
    add(yaml, 10, "reset", peer.uri("/reset?after=1"));
    add(yaml, 10, "nowhere", URI.create("ws://nowhere.invalid/"));
    return yaml.toString();
  }

  private static void add(StringBuilder yaml, int count, String name, URI uri) {
    for (int i = 0; i < count; i++) {
      yaml.append("  - {name: %s%d, url: '%s', checks: ".formatted(name, i, uri));
      yaml.append("[{kind: echo, send: Hello, times: 2, interval: 2s, timeout: 2s}]}\n");
    }
  }

  /** Until every bad target has failed so often on average. */
  private static Map<String, Double> await(Daemon daemon, int times) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + daemon.port() + "/metrics");
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
    HttpClient http = HttpClient.newHttpClient();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    Map<String, Double> failures = new TreeMap<>();
    double seen = 0;
    while (seen < 90 * times && System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
      failures.clear();
      String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      Matcher matcher = FAILURES.matcher(body);
      while (matcher.find()) {
        double value = Double.parseDouble(matcher.group(3));
        if (value > 0) {
          failures.merge(matcher.group(2) + " " + matcher.group(1), value, Double::sum);
        }
      }
      seen = failures.values().stream().mapToDouble(v -> v).sum();
    }
    assertThat(seen).as(failures.toString()).isGreaterThanOrEqualTo(90.0 * times);
    return failures;
  }
}
