package dev.echosounder.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.peer.Peer;
import dev.echosounder.servers.Certificates;
import dev.echosounder.servers.Garbler;
import dev.echosounder.servers.Leaf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ends of a kept connection that no WebSocket server can bring about by what it does. */
final class HeldEndsIT {
  private static final String OPENED = "echosounder_connections_opened_total";
  private static final String ENDS = "echosounder_connection_ends_total";

  @TempDir private Path directory;

  /** Comes back no sooner than the test is over: one end, if it is one. */
  private Daemon daemon(String url, String options) throws IOException {
    return Daemons.start(
        Files.writeString(
            directory.resolve("echosounder.yml"),
            """
            targets:
              - name: chat
                url: %s
                %s
                checks: [{kind: hold, interval: 1s, timeout: 1s, reconnect_within: 1m, reconnect_at_most: 1m}]
            """
                .formatted(url, options)));
  }

  private static Map<String, Double> ends(Daemon daemon) {
    Readings readings = Readings.when(daemon, r -> r.sum(ENDS) > 0);
    assertThat(readings.sum(OPENED)).isOne();
    Map<String, Double> ends = readings.by(ENDS, "cause");
    ends.values().removeIf(n -> n == 0);
    return ends;
  }

  @Test
  void aRecordThatIsNotAuthenticIsATlsError() throws Exception {
    Certificates certificates = new Certificates(directory);
    String ca = "tls: {ca: '%s'}".formatted(certificates.authority());
    try (Peer peer = Peer.start(Peer.Options.defaults().withTls(certificates.server(Leaf.VALID)));
        Garbler garbler = new Garbler(peer.port());
        Daemon daemon = daemon("wss://localhost:" + garbler.port() + "/echo", ca)) {
      Readings.when(daemon, r -> r.sum("echosounder_heartbeat_round_trip_seconds_count") > 1);
      garbler.garble();
      assertThat(ends(daemon)).containsExactly(Map.entry("tls_error", 1.0));
    }
  }

  @Test
  void aMessageOverOurLimitIsALocalError() throws Exception {
    String big = "x".repeat(126);
    try (Peer peer = Peer.start();
        Daemon daemon =
            daemon(peer.uri("/greet?text=" + big).toString(), "limits: {message: 125B}")) {
      assertThat(ends(daemon)).containsExactly(Map.entry("local_error", 1.0));
    }
  }
}
