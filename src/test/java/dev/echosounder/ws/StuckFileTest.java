package dev.echosounder.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.peer.Peer;
import dev.echosounder.servers.Certificates;
import dev.echosounder.servers.Leaf;
import dev.echosounder.servers.StuckFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk that hangs is the misfortune of the target whose certificates are on it, alone. */
@Timeout(30)
final class StuckFileTest {
  private static final Duration SHORT = Duration.ofMillis(500);

  @TempDir private Path directory;

  @Test
  void aFileThatHangsHoldsUpItsOwnTargetOnlyAndThatOneToItsDeadline() throws Exception {
    Certificates certificates = new Certificates(directory);
    Peer.Options options = Peer.Options.defaults().withTls(certificates.server(Leaf.VALID));
    try (Peer peer = Peer.start(options);
        Client client = Client.create();
        StuckFile file = StuckFile.in(directory)) {
      Target target = Target.of(peer.uri("/echo"));
      Target stuck =
          target
              .withTls(Tls.DEFAULT.withCa(file.path()))
              .withTimeouts(new Target.Timeouts(SHORT, SHORT, SHORT));
      // On a thread of its own, lest it hold up this one.
      CompletableFuture<Connection> hangs =
          CompletableFuture.supplyAsync(() -> client.open(stuck, Listener.NONE));
      assertThat(hangs).succeedsWithin(SHORT);

      Target healthy = target.withTls(Tls.DEFAULT.withCa(certificates.authority()));
      Connection other = client.open(healthy, Listener.NONE);
      assertThat(other.opened().get(5, TimeUnit.SECONDS)).isInstanceOf(Event.Upgraded.class);

      Opening opening = hangs.join().opened().get(5, TimeUnit.SECONDS);
      assertThat(opening)
          .isEqualTo(
              ConnectFailure.of(
                  ConnectFailure.Cause.LOCAL_ERROR,
                  "the TLS files were not read within 500 ms: [%s]".formatted(file.path())));
    }
  }
}
