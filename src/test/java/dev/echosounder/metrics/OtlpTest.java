package dev.echosounder.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.net.httpserver.HttpServer;
import dev.echosounder.ws.Ending;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class OtlpTest {
  @Test
  void aCollectorThatNeverAnswersDelaysTheLastPushByTheTimeoutAtMost() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI url = new URI("http://127.0.0.1:" + silent.getLocalPort() + "/v1/metrics");
      Duration timeout = Duration.ofMillis(200);
      Otlp otlp = new Otlp(url, Duration.ofHours(1), timeout, Map.of(), Map.of());
      Metrics metrics = Metrics.create("1", otlp);
      metrics.replace(List.of(new Subject("shop", "echo", Map.of(), false, false)));
      // Micrometer's own timeout is ten seconds.
      assertTimeoutPreemptively(Duration.ofSeconds(8), metrics::close);
    }
  }

  @Test
  void pushesCountersAndLatenciesWithHeadersAndResource() throws Exception {
    CompletableFuture<String> pushed = new CompletableFuture<>();
    HttpServer collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/metrics",
        exchange -> {
          String token = exchange.getRequestHeaders().getFirst("X-Token");
          byte[] body = exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
          pushed.complete(token + new String(body, StandardCharsets.ISO_8859_1));
        });
    collector.start();
    try {
      URI url = new URI("http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/metrics");
      Otlp otlp =
          new Otlp(
              url,
              Duration.ofHours(1),
              Duration.ofSeconds(20),
              Map.of("X-Token", "t0k"),
              Map.of("service.name", "sounder"));
      assertThat(otlp.toString()).doesNotContain("t0k");
      Subject subject = new Subject("shop", "echo", Map.of("team", "blue"), false, false);
      Subject kept = new Subject("chat", "hold", Map.of(), false, false, true);
      try (Metrics metrics = Metrics.create("1", otlp)) {
        metrics.replace(List.of(subject, kept));
        metrics.of(subject).record(Outcomes.passed());
        Holds.opens(metrics.held(kept));
        Holds.ends(metrics.held(kept), Ending.Cause.PEER_ERROR, 1014);
        assertThat(Scrape.of(metrics.exposition()).value("echosounder_probe_runs_total{"))
            .isEqualTo(1);
      }
      assertThat(pushed.get(20, TimeUnit.SECONDS))
          .startsWith("t0k")
          .contains("sounder", "echosounder_probe_runs", "echosounder_round_trip_seconds", "blue")
          .contains("echosounder_probe_up", "echosounder_connection_open")
          // A code that is not counted from 0, but from its first time on.
          .contains("1014")
          // The sum of the round trips, in seconds, as protobuf writes a double.
          .contains(littleEndian(0.003));
    } finally {
      collector.stop(0);
    }
  }

  private static String littleEndian(double value) {
    byte[] bytes =
        ByteBuffer.allocate(Double.BYTES).order(ByteOrder.LITTLE_ENDIAN).putDouble(value).array();
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
