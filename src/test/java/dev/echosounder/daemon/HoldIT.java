package dev.echosounder.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.echosounder.peer.Ledger;
import dev.echosounder.peer.Peer;
import dev.echosounder.peer.proxy.Fault;
import dev.echosounder.peer.proxy.FaultLedger;
import dev.echosounder.peer.proxy.FaultProxy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Kept connections in a whole daemon: log, history, status, reload, shutdown. */
final class HoldIT {
  private static final String OPEN = "echosounder_connection_open";
  private static final String OPENED = "echosounder_connections_opened_total";
  private static final String ENDS = "echosounder_connection_ends_total";

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<ILoggingEvent> log = new CopyOnWriteArrayList<>();
  private final AppenderBase<ILoggingEvent> ears =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          log.add(event);
        }
      };
  @TempDir private Path directory;

  @BeforeEach
  void listen() {
    ears.start();
    logger().addAppender(ears);
  }

  @AfterEach
  void deafen() {
    logger().detachAppender(ears);
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger("dev.echosounder.state");
  }

  private Path config(String... targets) throws IOException {
    return Files.writeString(
        directory.resolve("echosounder.yml"), "targets:\n" + String.join("", targets));
  }

  private static String target(String name, URI uri, String... checks) {
    return "  - name: %s\n    url: %s\n    checks: [%s]\n"
        .formatted(name, uri, String.join(", ", checks));
  }

  private String get(Daemon daemon, String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + daemon.port() + path);
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  @Test
  void aDropIsOneLineOfTheLogAnEntryOfTheHistoryAndSeenOnThePage() throws Exception {
    String hold = "{kind: hold, interval: 1s, reconnect_within: 300ms}";
    try (Peer peer = Peer.start();
        FaultProxy proxy = FaultProxy.start(peer.uri("/"));
        Daemon daemon = Daemons.start(config(target("chat", proxy.uri("/echo"), hold)))) {
      Readings.when(daemon, r -> r.sum("echosounder_heartbeat_round_trip_seconds_count") > 1);
      proxy.apply(Fault.parse("close now with 4001 \"token expired\""));
      Readings.when(daemon, r -> r.sum(OPENED) == 2);
      await(() -> log.size() >= 2);
      ILoggingEvent drop = log.get(0);
      Map<String, String> said =
          drop.getKeyValuePairs().stream()
              .collect(Collectors.toMap(p -> p.key, p -> String.valueOf(p.value)));
      assertThat(drop.getFormattedMessage()).isEqualTo("connection dropped");
      assertThat(said)
          .containsEntry("target", "chat")
          .containsEntry("check", "hold")
          .containsEntry("cause", "peer_application")
          .containsEntry("code", "4001")
          .containsEntry("reason", "token expired")
          .containsKeys("age", "since_sent", "since_received");
      assertThat(said.get("frames")).contains("→ ping", "← pong", "← close 4001");
      assertThat(log.get(1).getFormattedMessage()).isEqualTo("connection recovered");
      String status = get(daemon, "/api/status");
      assertThat(status).contains("\"open\":true", "\"drops\":1", "\"peer_application\"");
      String history = get(daemon, "/api/history?target=chat&check=hold");
      assertThat(history).contains("\"cause\":\"peer_application\"", "\"stage\":\"held\"");
      assertThat(get(daemon, "/")).contains("1 drop", "peer_application");
      String run = history.replaceFirst(".*\"id\":(\\d+)[^}]*\"failed\".*", "$1").strip();
      assertThat(get(daemon, "/run/" + run)).contains("token expired", "pong");
    }
  }

  @Test
  void aReloadKeepsWhatDidNotChangeReopensWhatDidAndClosesTheRest() throws Exception {
    String slow = "{kind: hold, interval: 1h, timeout: 5s}";
    String other = "{kind: hold, interval: 2h, timeout: 5s}";
    try (Peer kept = Peer.start();
        Peer changed = Peer.start();
        Peer removed = Peer.start()) {
      String first = target("kept", kept.uri("/echo"), slow);
      Path file =
          config(
              first,
              target("changed", changed.uri("/echo"), slow),
              target("removed", removed.uri("/echo"), slow));
      try (Daemon daemon = Daemons.start(file)) {
        Readings.when(daemon, r -> r.sum(OPEN) == 3);
        config(first, target("changed", changed.uri("/echo"), other));
        assertThat(daemon.reload()).isEmpty();
        Readings after = Readings.when(daemon, r -> r.sum(OPEN) == 2 && r.sum(OPENED) == 3);
        assertThat(after.by(ENDS, "cause")).containsEntry("closed_by_us", 1.0);
        assertThat(after.sum(ENDS)).isEqualTo(1);
        assertThat(after.by(OPEN, "target")).containsOnlyKeys("kept", "changed");
        await(() -> removed.ledger().open() == 0 && changed.ledger().open() == 1);
        assertThat(kept.ledger().upgrades()).isEqualTo(1);
        assertThat(changed.ledger().upgrades()).isEqualTo(2);
        assertThat(removed.ledger().closes())
            .isEqualTo(new Ledger.Closes(0, 1, 0, 0, Map.of(1000, 1L)));
      }
    }
    assertThat(log).isEmpty();
  }

  @Test
  void aPlannedLifetimeIsNoDrop() throws Exception {
    String hold = "{kind: hold, interval: 300ms, lifetime: 1s}";
    try (Peer peer = Peer.start();
        Daemon daemon = Daemons.start(config(target("chat", peer.uri("/echo"), hold)))) {
      Readings after = Readings.when(daemon, r -> r.sum(OPENED) >= 3);
      assertThat(after.by(ENDS, "cause").get("closed_by_us")).isGreaterThanOrEqualTo(2);
      assertThat(after.sum(ENDS)).isEqualTo(after.by(ENDS, "cause").get("closed_by_us"));
      assertThat(after.sum("echosounder_connection_recovery_seconds_count")).isZero();
      assertThat(get(daemon, "/api/status")).contains("\"drops\":0");
    }
    assertThat(log).isEmpty();
  }

  @Test
  void theEndOfTheDaemonIsAGoodByeWith1001AndNoDrop() throws Exception {
    try (Peer peer = Peer.start();
        FaultProxy proxy = FaultProxy.start(peer.uri("/"))) {
      String[] targets = new String[50];
      for (int i = 0; i < targets.length; i++) {
        targets[i] = target("t" + i, proxy.uri("/echo"), "{kind: hold}");
      }
      try (Daemon daemon = Daemons.start(config(targets))) {
        Readings.when(daemon, r -> r.sum(OPEN) == targets.length);
      }
      await(() -> peer.ledger().closes().byClient() == targets.length);
      assertThat(peer.ledger().closes().clientCodes())
          .isEqualTo(Map.of(1001, (long) targets.length));
      assertThat(proxy.ledger().ended(FaultLedger.Ending.CLOSED_BY_CLIENT))
          .isEqualTo(targets.length);
    }
    assertThat(log).isEmpty();
  }

  @Test
  void whatAnIdleCheckLearntTellsAnIdleCutFromOtherEnds() throws Exception {
    String hold = "{kind: hold, heartbeat: none, reconnect_within: 1ms, reconnect_at_most: 1ms}";
    String idle = "{kind: idle, interval: 1h, timeout: 30s, at_most: 5s}";
    try (Peer peer = Peer.start();
        Daemon daemon =
            Daemons.start(
                config(target("chat", peer.uri("/idle?timeout=1s&how=fin"), hold, idle)))) {
      Readings learnt = Readings.when(daemon, r -> r.sum("echosounder_idle_timeout_seconds") > 0);
      assertThat(learnt.sum("echosounder_idle_timeout_seconds")).isBetween(0.9, 1.5);
      Readings told =
          Readings.when(daemon, r -> r.by(ENDS, "cause").getOrDefault("idle_cut", 0.0) >= 2);
      assertThat(told.by(ENDS, "cause").get("eof")).isPositive();
    }
  }
}
