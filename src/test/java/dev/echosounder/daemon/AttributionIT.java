package dev.echosounder.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.peer.Peer;
import dev.echosounder.peer.proxy.Fault;
import dev.echosounder.peer.proxy.FaultProxy;
import dev.echosounder.servers.EchoServer;
import dev.echosounder.servers.ServerKind;
import dev.echosounder.servers.Start;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cause by injected fault by server: each fault moves exactly one counter of a kept connection, by
 * one, whichever server stands behind.
 */
final class AttributionIT {
  private static final String ENDS = "echosounder_connection_ends_total";

  /** What is injected, and what it has to be counted as. */
  private static final Map<String, String> TABLE = new LinkedHashMap<>();

  static {
    TABLE.put("reset now", "reset");
    TABLE.put("end now", "eof");
    TABLE.put("cut inside frame 2 from the server", "eof");
    TABLE.put("black-hole now", "liveness_timeout");
    TABLE.put("stall pongs from the server", "liveness_timeout");
    TABLE.put("drop every frame from the client", "liveness_timeout");
    TABLE.put("delay every frame from the server by 2 s", "liveness_timeout");
    TABLE.put("close now", "peer_normal");
    TABLE.put("close now with 1001", "peer_going_away");
    TABLE.put("close now with 1011 \"overloaded\"", "peer_error");
    TABLE.put("close now with 1012", "peer_error");
    TABLE.put("close now with 3000", "peer_application");
    TABLE.put("close now with 4999", "peer_application");
    TABLE.put("corrupt the header of frame 2 from the server", "protocol_violation");
  }

  @TempDir private Path directory;

  /** Side by side: most of the time nothing happens. */
  @Test
  void eachFaultMovesItsCounterAndNoOtherWhicheverServerStandsBehind() throws Exception {
    List<EchoServer> servers = new ArrayList<>();
    ExecutorService threads = Executors.newCachedThreadPool();
    try (Peer peer = Peer.start()) {
      List<Future<?>> tables = new ArrayList<>();
      tables.add(threads.submit(() -> through("embedded-peer", peer.uri("/echo"))));
      for (ServerKind kind : ServerKind.values()) {
        if (kind.echoes() && start(kind) instanceof Start.Running running) {
          EchoServer server = running.server();
          servers.add(server);
          tables.add(threads.submit(() -> through(server.name(), server.uri())));
        }
      }
      for (Future<?> table : tables) {
        table.get(3, TimeUnit.MINUTES);
      }
    } finally {
      threads.shutdownNow();
      servers.forEach(EchoServer::close);
    }
  }

  /** In CI every server has to be there. */
  private static Start start(ServerKind kind) {
    Start start = kind.start();
    if (start instanceof Start.Unavailable && "true".equals(System.getenv("CI"))) {
      start.orSkip();
    }
    return start;
  }

  private @Nullable Void through(String name, URI server) throws IOException {
    try (FaultProxy proxy = FaultProxy.start(server);
        Daemon daemon = Daemons.start(holding(name, proxy.uri(server.getRawPath())))) {
      Readings.when(daemon, r -> r.sum("echosounder_connection_open") == 1);
      TABLE.forEach((fault, cause) -> cell(name, proxy, daemon, fault, cause));
      Readings all = Readings.of(daemon);
      double drops = TABLE.size();
      assertThat(all.sum(ENDS)).isEqualTo(drops);
      assertThat(all.sum("echosounder_connection_recovery_seconds_count")).isEqualTo(drops);
      assertThat(all.sum("echosounder_connections_opened_total")).isEqualTo(drops + 1);
      assertThat(all.sum("echosounder_connection_close_codes_total")).isEqualTo(drops);
    }
    return null;
  }

  private static void cell(
      String server, FaultProxy proxy, Daemon daemon, String fault, String cause) {
    Map<String, Double> before = Readings.of(daemon).by(ENDS, "cause");
    double ended = before.values().stream().mapToDouble(Double::doubleValue).sum();
    proxy.apply(Fault.parse(fault));
    Readings.when(daemon, r -> r.sum(ENDS) == ended + 1);
    proxy.apply(new Fault.Pass());
    Readings after = Readings.when(daemon, r -> r.sum("echosounder_connection_open") == 1);
    Map<String, Double> expected = new HashMap<>(before);
    expected.merge(cause, 1.0, Double::sum);
    assertThat(after.by(ENDS, "cause")).as(server + ": " + fault).isEqualTo(expected);
  }

  /** The back-off leaves the test time to lift a fault before it hits the next connection. */
  private Path holding(String name, URI uri) throws IOException {
    String check =
        "{kind: hold, interval: 500ms, timeout: 500ms, reconnect_within: 1s, stable_after: 1ms}";
    return Files.writeString(
        directory.resolve(name + ".yml"),
        String.join(
            "\n",
            List.of(
                "logging: {level: error}",
                "targets:",
                "  - name: " + name,
                "    url: " + uri,
                "    checks: [" + check + "]")));
  }
}
