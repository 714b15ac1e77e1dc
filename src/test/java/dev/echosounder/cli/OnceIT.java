package dev.echosounder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.peer.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code once} says of checks that have more to tell than that they passed. */
final class OnceIT {
  @Test
  void idleLimitIsToldInOneSentence(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("checks.yml");
    try (Peer peer = Peer.start()) {
      Files.writeString(
          file,
          """
          targets:
            - name: peer
              url: %s
              checks:
                - {kind: idle, interval: 1h, timeout: 20s, at_most: 12s}
          """
              .formatted(peer.uri("/idle?timeout=1s&how=1001")));
      Program.Result result = new Program().run("once", "--config", file.toString());
      assertThat(result.code()).isZero();
      assertThat(result.out())
          .contains("ok      peer idle: cut by peer_going_away after ", " s of silence (between ")
          .contains("pings keep it alive", "; suggested heartbeat: a p")
          .endsWith("1 passed, 0 failed\n");
    }
  }
}
