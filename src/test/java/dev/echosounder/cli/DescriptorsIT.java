package dev.echosounder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.peer.Peer;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A process that may open no more files. Needs the packaged jar. */
@Tag("surroundings")
final class DescriptorsIT {
  private static final int MOST = 100;

  /** Each needs two descriptors of the proxy. */
  private static final int CLIENTS = 70;

  private static Process proxy(String to) throws IOException {
    String command =
        "ulimit -n %d; exec %s proxy --to %s"
            .formatted(MOST, Path.of("echosounder").toAbsolutePath(), to);
    return new ProcessBuilder("bash", "-c", command).redirectErrorStream(true).start();
  }

  private static Duration cpu(Process process) {
    return process.info().totalCpuDuration().orElseThrow();
  }

  @Test
  void theFaultProxyWaitsForDescriptorsAndGoesOn() throws Exception {
    try (Peer peer = Peer.start()) {
      Process process = proxy(peer.uri("/").toString());
      List<Socket> sockets = new ArrayList<>();
      try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
        URI uri = URI.create(out.readLine().replaceAll("listening on |, before .*", ""));
        for (int i = 0; i < CLIENTS; i++) {
          sockets.add(new Socket(uri.getHost(), uri.getPort()));
        }
        assertThat(out.lines().filter(line -> line.contains("accepts nothing for")).findFirst())
            .isPresent();
        Duration before = cpu(process);
        TimeUnit.SECONDS.sleep(1);
        assertThat(cpu(process).minus(before)).isLessThan(Duration.ofMillis(500));
        for (Socket socket : sockets) {
          socket.close();
        }
        Program.Result echo = new Program().run("probe", uri + "echo", "--send", "x");
        assertThat(echo.code()).as(echo.toString()).isZero();
      } finally {
        process.destroyForcibly();
      }
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
  }
}
