package dev.echosounder.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.peer.Ledger;
import dev.echosounder.peer.Peer;
import dev.echosounder.servers.Certificates;
import dev.echosounder.servers.Leaf;
import dev.echosounder.servers.Prometheus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Prometheus scrapes the daemon; what it stored is compared with what the peers served.
 * {@code -Dechosounder.prometheus.seconds=120} lets it scrape for longer.
 */
final class PrometheusIT {
  private static final int SECONDS = Integer.getInteger("echosounder.prometheus.seconds", 8);

  /** Depends on the collector that the JVM chose: not every one works concurrently. */
  private static final String SOME_JVMS = "jvm_gc_concurrent_phase_time_seconds";

  private static final Map<String, String> TARGETS =
      Map.of(
          "echo", "/echo|echo, send: Hello",
          "ping", "/echo|ping, times: 2",
          "shake", "/echo|handshake",
          "mute", "/silent|echo, send: Hello",
          "shut", "/refuse/503|handshake");

  @TempDir private Path directory;

  @Test
  void whatPrometheusStoresEqualsWhatThePeersServed() throws Exception {
    Map<String, Peer> peers = new LinkedHashMap<>();
    try (Peer secure = secure()) {
      TARGETS.keySet().forEach(name -> peers.put(name, Peer.start()));
      Path config = directory.resolve("echosounder.yml");
      Files.writeString(config, yaml(peers, secure, "1s", "900ms"));
      try (Daemon daemon = Daemons.start(config);
          Prometheus prometheus = Prometheus.startOrSkip(scraping(daemon.port()))) {
        settle(SECONDS);
        Files.writeString(config, yaml(peers, secure, "1h", "900ms"));
        assertThat(daemon.reload()).isEmpty();
        // The new plan's first runs come within a second; then all is quiet.
        settle(2);
        System.gc(); // So that there is a collection to be told of.
        settle(3);
        compare(prometheus, peers);
        everyScrapeSucceeded(prometheus);
        // A first heartbeat and a first idle limit take their time.
        for (int s = 0; s < 30 && !missing(prometheus).isEmpty(); s++) {
          settle(1);
        }
        assertThat(missing(prometheus)).isEmpty();
      }
    } finally {
      peers.values().forEach(Peer::close);
    }
  }

  private static void settle(int seconds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  private Peer secure() throws IOException {
    Certificates certificates =
        new Certificates(Files.createDirectory(directory.resolve("certificates")));
    return Peer.start(Peer.Options.defaults().withTls(certificates.server(Leaf.VALID)));
  }

  private static String yaml(
      Map<String, Peer> peers, Peer secure, String interval, String timeout) {
    StringBuilder yaml = new StringBuilder("targets:\n");
    String form = "  - {name: %s, url: '%s', %schecks: [{kind: %s, interval: %s, timeout: %s}]}\n";
    peers.forEach(
        (name, peer) -> {
          String[] target = Objects.requireNonNull(TARGETS.get(name)).split("\\|", 2);
          yaml.append(form.formatted(name, peer.uri(target[0]), "", target[1], interval, timeout));
        });
    String anyTls = "tls: {verify: false}, ";
    yaml.append(
        form.formatted("tls", secure.uri("/echo"), anyTls, "echo, send: Hello", interval, timeout));
    // The same before and after the reload: a limit that is found out once, and a kept connection.
    yaml.append(
        """
          - name: kept
            url: %s
            tls: {verify: false}
            checks:
              - {kind: hold, heartbeat: none}
              - {kind: idle, interval: 1h, timeout: 8s, at_most: 5s}
          - name: beating
            url: %s
            tls: {verify: false}
            checks: [{kind: hold, interval: 1s}]
        """
            .formatted(secure.uri("/idle?timeout=1s"), secure.uri("/echo")));
    return yaml.toString();
  }

  private Path scraping(int port) throws IOException {
    return Files.writeString(
        directory.resolve("prometheus.yml"),
        """
        global: {scrape_interval: 1s, scrape_timeout: 1s}
        scrape_configs:
          - job_name: echosounder
            static_configs: [{targets: ['127.0.0.1:%d']}]
        """
            .formatted(port));
  }

  private static void compare(Prometheus prometheus, Map<String, Peer> peers) {
    peers.forEach(
        (name, peer) -> {
          Ledger ledger = peer.ledger();
          long served = ledger.upgrades() + ledger.refusals();
          assertThat(served).as(name).isGreaterThan(SECONDS / 2);
          is(prometheus, "echosounder_probe_runs_total", name, served);
          boolean bad = name.equals("mute") || name.equals("shut");
          is(prometheus, "sum(echosounder_probe_failures_total%s)", name, bad ? served : 0);
          is(prometheus, "echosounder_probe_duration_seconds_count", name, served);
        });
    is(prometheus, "echosounder_round_trip_seconds_count", "echo", runs(peers, "echo"));
    is(prometheus, "echosounder_round_trip_seconds_count", "ping", 2 * runs(peers, "ping"));
    String refused = "echosounder_probe_failures_total{target=\"shut\",cause=\"http_status\"}";
    assertThat(prometheus.value(refused))
        .isEqualTo(OptionalDouble.of((double) runs(peers, "shut")));
  }

  private static long runs(Map<String, Peer> peers, String name) {
    Ledger ledger = Objects.requireNonNull(peers.get(name)).ledger();
    return ledger.upgrades() + ledger.refusals();
  }

  private static void is(Prometheus prometheus, String metric, String target, long expected) {
    String labels = "{target=\"" + target + "\"}";
    String query = metric.contains("%s") ? metric.formatted(labels) : metric + labels;
    assertThat(prometheus.value(query)).as(query).isEqualTo(OptionalDouble.of((double) expected));
  }

  private static void everyScrapeSucceeded(Prometheus prometheus) {
    assertThat(prometheus.value("min_over_time(up{job=\"echosounder\"}[10m])")).hasValue(1);
    assertThat(prometheus.value("count_over_time(up{job=\"echosounder\"}[10m])").orElse(0))
        .isGreaterThanOrEqualTo(SECONDS - 1);
  }

  /** What the catalogue names and Prometheus does not have. */
  private static Set<String> missing(Prometheus prometheus) throws IOException {
    List<String> stored = new ArrayList<>();
    prometheus.api("/api/v1/label/__name__/values").forEach(name -> stored.add(name.asString()));
    Set<String> missing = new TreeSet<>();
    try (InputStream in =
        Daemon.class.getResourceAsStream("/dev/echosounder/metrics/catalogue.md")) {
      String catalogue = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Pattern.compile("^\\| ([a-z0-9_]+) \\| (counter|gauge|histogram|summary) ", Pattern.MULTILINE)
          .matcher(catalogue)
          .results()
          .flatMap(row -> series(row.group(1), row.group(2)))
          .forEach(missing::add);
    }
    assertThat(missing).hasSizeGreaterThan(40);
    missing.removeAll(stored);
    missing.removeIf(name -> name.startsWith(SOME_JVMS));
    return missing;
  }

  private static Stream<String> series(String name, String type) {
    return switch (type) {
      case "histogram" -> Stream.of(name + "_bucket", name + "_sum", name + "_count");
      case "summary" -> Stream.of(name + "_sum", name + "_count");
      default -> Stream.of(name);
    };
  }
}
