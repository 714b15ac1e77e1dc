package dev.echosounder.grafana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.echosounder.config.Config;
import dev.echosounder.config.Environment;
import dev.echosounder.daemon.Daemon;
import dev.echosounder.daemon.Shard;
import dev.echosounder.peer.Ledger;
import dev.echosounder.peer.Peer;
import dev.echosounder.servers.Certificates;
import dev.echosounder.servers.Leaf;
import dev.echosounder.servers.Prometheus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.StreamSupport;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Two real Prometheus, one with classic and one with native histograms, scrape a daemon with good
 * and bad targets: every query of every dashboard has an answer on both, and what the answers say
 * is what the peers did. {@code -Dechosounder.grafana.seconds=600} lets them scrape for longer.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("surroundings")
final class GrafanaIT {
  private static final int SECONDS = Integer.getInteger("echosounder.grafana.seconds", 25);
  private static final String RATE = "10s";
  private static final String RANGE = (SECONDS + 10) + "s";

  private static final String CONFIG =
      """
      defaults: {interval: 500ms, timeout: 400ms}
      targets:
        - {name: good, url: '%1$s', checks: [{kind: echo, send: a}]}
        - {name: mute, url: '%2$s', checks: [{kind: echo, send: a}]}
        - {name: shut, url: '%3$s', checks: [{kind: handshake}]}
        - {name: kept, url: '%1$s', checks: [{kind: hold, heartbeat: ping}]}
        - {name: away, url: '%3$s', checks: [{kind: hold, reconnect_at_most: 1s}]}
        - name: drops
          url: '%4$s'
          checks: [{kind: hold, send: a, reconnect_within: 200ms, reconnect_at_most: 1s}]
        - name: idle
          url: '%5$s'
          checks: [{kind: idle, interval: 5s, at_most: 2s, timeout: 4s}]
        - {name: named, url: '%7$s', checks: [{kind: echo, send: a}]}
        - {name: secure, url: '%6$s', tls: {verify: false}, checks: [{kind: handshake}]}
      """;

  @TempDir private static Path directory;

  private final List<AutoCloseable> open = new ArrayList<>();
  private final Peer echo = opened(Peer.start());
  private final Peer dropping = opened(Peer.start());
  private final List<Dashboards.Query> queries = Dashboards.queries();
  private Prometheus classic;
  private Prometheus nativ;

  @BeforeAll
  void watch() throws IOException {
    Path certificates = Files.createDirectory(directory.resolve("certificates"));
    Peer secure =
        opened(
            Peer.start(
                Peer.Options.defaults()
                    .withTls(new Certificates(certificates).server(Leaf.VALID))));
    Path file = directory.resolve("echosounder.yml");
    Files.writeString(
        file,
        CONFIG.formatted(
            echo.uri("/echo"),
            echo.uri("/silent"),
            echo.uri("/refuse/503"),
            dropping.uri("/fin?after=2"),
            echo.uri("/idle?timeout=1s"),
            secure.uri("/echo"),
            // An address needs no look-up, and so has no time for it.
            "ws://localhost:" + echo.uri("/echo").getPort() + "/echo"));
    Daemon daemon = opened(daemon(file));
    Path scraping =
        Files.writeString(
            directory.resolve("prometheus.yml"),
            """
            global: {scrape_interval: 1s, scrape_timeout: 1s}
            scrape_configs:
              - job_name: echosounder
                static_configs: [{targets: ['127.0.0.1:%d']}]
            """
                .formatted(daemon.port()));
    classic = opened(Prometheus.startOrSkip(scraping));
    nativ = opened(Prometheus.startOrSkip(scraping, "--enable-feature=native-histograms"));
    settle(3);
    System.gc(); // So that there is a collection to be told of.
    settle(SECONDS);
  }

  private static Daemon daemon(Path file) {
    Daemon.Options options =
        new Daemon.Options(
            file,
            Environment.of(Map.of()),
            new Config.HostPort("127.0.0.1", 0),
            Shard.WHOLE,
            "test");
    if (Daemon.start(options) instanceof Daemon.Started.Running running) {
      return running.daemon();
    }
    throw new AssertionError("the configuration is wrong: " + Daemon.start(options));
  }

  private <C extends AutoCloseable> C opened(C resource) {
    open.add(0, resource);
    return resource;
  }

  private static void settle(int seconds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  @AfterAll
  void stop() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  private Prometheus prometheus(boolean isNative) {
    return isNative ? nativ : classic;
  }

  @ParameterizedTest(name = "native histograms: {0}")
  @ValueSource(booleans = {false, true})
  void everyQueryHasAnAnswer(boolean isNative) {
    Prometheus prometheus = prometheus(isNative);
    assertThat(prometheus.query("echosounder_probe_duration_seconds_bucket").isEmpty())
        .as("without classic buckets")
        .isEqualTo(isNative);
    SoftAssertions all = new SoftAssertions();
    for (Dashboards.Query query : queries) {
      String promql = query.promql(RANGE, RATE);
      JsonNode answer = prometheus.query(promql);
      all.assertThat(StreamSupport.stream(answer.spliterator(), false).anyMatch(GrafanaIT::says))
          .as(query + ": " + promql)
          .isTrue();
    }
    all.assertAll();
  }

  /** A number, or a whole histogram. */
  private static boolean says(JsonNode series) {
    return series.has("histogram")
        || Double.isFinite(Double.parseDouble(series.path("value").get(1).asString()));
  }

  @ParameterizedTest(name = "native histograms: {0}")
  @ValueSource(booleans = {false, true})
  void theAnswersAreWhatThePeersDid(boolean isNative) {
    Prometheus prometheus = prometheus(isNative);
    String all = ".+";
    is(prometheus, "fleet", "Checks failing now", all, 2);
    is(prometheus, "fleet", "Probers", all, 1);
    is(prometheus, "connections", "Open and wanted", all, 3);
    is(prometheus, "connections", "Failed attempts", "away", 1);
    is(prometheus, "connections", "Time open", "kept", 1);
    is(prometheus, "connections", "Time open", "away", 0);
    is(prometheus, "connections", "Drops", "kept", 0);
    is(prometheus, "target", "Success ratio", "good", 1);
    is(prometheus, "target", "Success ratio", "mute", 0);
    is(prometheus, "target", "Now", "shut", 0);
    is(prometheus, "slo", "Availability", "good", 1);
    is(prometheus, "slo", "Availability", "shut", 0);
    is(prometheus, "slo", "Budget left", "good", 1);
    is(prometheus, "slo", "Burn rate, last hour", "mute", 1000);
    is(prometheus, "slo", "Fast enough", "good", 1);
    Map<String, String> strict = Map.of("target", "mute", "latency", "0.25");
    assertThat(value(prometheus, "slo", "Fast enough", strict)).isZero();
    assertThat(value(prometheus, "target", "Duration, p95", Map.of("target", "mute")))
        .isBetween(0.35, 0.6);
    assertThat(value(prometheus, "target", "Idle limit", Map.of("target", "idle")))
        .isBetween(0.9, 1.3);
    Ledger drops = dropping.ledger();
    assertThat(drops.closes().fin()).isGreaterThan(5);
    assertThat(value(prometheus, "connections", "Drops", Map.of("target", "drops")))
        .isCloseTo((double) drops.closes().fin(), withPercentage(30));
    assertThat(labels(prometheus, "connections", "Drops by cause", "drops", "cause"))
        .containsExactly("eof");
    assertThat(labels(prometheus, "target", "Failures by cause", "shut", "cause"))
        .containsExactly("http_status");
    assertThat(labels(prometheus, "target", "Failures by cause", "good", "cause"))
        .containsExactly("none");
    assertThat(labels(prometheus, "fleet", "Certificates", all, "target"))
        .containsExactly("secure");
  }

  private void is(
      Prometheus prometheus, String board, String panel, String target, double expected) {
    Map<String, String> of = Map.of("target", target);
    double seen = value(prometheus, board, panel, of);
    // A scrape between a run's two counters tells them one apart: then another one's range is
    // right.
    for (int i = 0; i < 20 && Math.abs(seen - expected) > expected * 1e-5; i++) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
      seen = value(prometheus, board, panel, of);
    }
    assertThat(seen)
        .as(panel + " of " + target)
        .isEqualTo(expected, org.assertj.core.api.Assertions.within(expected * 1e-5));
  }

  private double value(
      Prometheus prometheus, String board, String panel, Map<String, String> variables) {
    return prometheus.value(promql(board, panel, variables)).orElseThrow();
  }

  private Set<String> labels(
      Prometheus prometheus, String board, String panel, String target, String label) {
    Set<String> values = new TreeSet<>();
    prometheus
        .query(promql(board, panel, Map.of("target", target)))
        .forEach(series -> values.add(series.path("metric").path(label).asString()));
    return values;
  }

  /** Of the panel's first query. */
  private String promql(String board, String panel, Map<String, String> variables) {
    return queries.stream()
        .filter(q -> q.dashboard().equals("echosounder-" + board) && q.panel().equals(panel))
        .findFirst()
        .orElseThrow()
        .promql(RANGE, RATE, variables);
  }
}
