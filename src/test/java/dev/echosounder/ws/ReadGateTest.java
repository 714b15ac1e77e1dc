package dev.echosounder.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echosounder.peer.Peer;
import dev.echosounder.servers.Certificates;
import dev.echosounder.servers.Leaf;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading so many bytes a second, on the one I/O thread that all connections share. */
final class ReadGateTest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int PER_SECOND = 100_000;
  private static final int SIZE = 50_000;

  @TempDir private static Path directory;
  private static Client client;

  @BeforeAll
  static void start() {
    client = Client.create();
  }

  @AfterAll
  static void stop() {
    client.close();
  }

  private static Connection open(Peer peer, Inbox inbox) throws Exception {
    Target target = Target.of(peer.uri("/echo"));
    Connection connection = client.open(target.withTls(target.tls().withoutVerification()), inbox);
    assertThat(connection.opened().get(5, TimeUnit.SECONDS)).isInstanceOf(Event.Upgraded.class);
    return connection;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aSlowReaderTakesItsTimeAndHoldsUpNobodyElse(boolean tls) throws Exception {
    Peer.Options options = Peer.Options.defaults();
    if (tls) {
      options = options.withTls(new Certificates(directory).server(Leaf.VALID));
    }
    try (Peer peer = Peer.start(options)) {
      Inbox slow = new Inbox();
      Inbox quick = new Inbox();
      Connection slowly = open(peer, slow);
      Connection quickly = open(peer, quick);
      slowly.tcp().readAtMost(PER_SECOND);
      long start = System.nanoTime();
      slowly.sendBinary(Bytes.of(new byte[SIZE]));
      Message last = slow.next(PATIENCE).orElseThrow();
      Duration took = Duration.ofNanos(last.nanos() - start);
      assertThat(took).isBetween(Duration.ofMillis(450), Duration.ofSeconds(3));

      slowly.tcp().readAtMost(1);
      slowly.sendBinary(Bytes.of(new byte[SIZE]));
      for (int i = 0; i < 5; i++) {
        // Whoever slept away a byte's second on the I/O thread would hold this up as long.
        quickly.sendText("ping");
        assertThat(quick.next(Duration.ofMillis(800))).isPresent();
      }
      assertThat(slow.next(Duration.ofMillis(50))).isEmpty();
      slowly.tcp().resumeReading();
      assertThat(slow.next(PATIENCE)).isPresent();
      assertThat(slowly.close(1000, "").get(5, TimeUnit.SECONDS).clean()).isTrue();
    }
  }

  @Test
  void nothingASecondIsNoRate() throws Exception {
    try (Peer peer = Peer.start()) {
      Connection connection = open(peer, new Inbox());
      assertThatThrownBy(() -> connection.tcp().readAtMost(0)).hasMessageContaining("got 0");
    }
  }
}
