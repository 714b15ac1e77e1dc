package dev.echosounder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.peer.Peer;
import dev.echosounder.servers.Certificates;
import dev.echosounder.servers.Crossroads;
import dev.echosounder.servers.EchoServer;
import dev.echosounder.servers.ForwardProxy;
import dev.echosounder.servers.Leaf;
import dev.echosounder.servers.TlsProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command in docs/connecting.md runs, and passes, by the way it names. */
final class ConnectingIT {
  @TempDir private Path directory;

  private static List<String> commands() throws IOException {
    return Pattern.compile("(?s)```console runnable\n\\$ ./echosounder (.*?)\n```")
        .matcher(Files.readString(Path.of("docs/connecting.md")))
        .results()
        .map(block -> block.group(1))
        .toList();
  }

  @Test
  void everyCommandPasses() throws Exception {
    assertThat(commands()).hasSize(8);
    Certificates certificates = new Certificates(directory);
    try (EchoServer http = ForwardProxy.HTTP.start().orSkip();
        EchoServer secure = TlsProxy.start(certificates, Leaf.VALID).orSkip();
        EchoServer socks = ForwardProxy.SOCKS.start().orSkip();
        Crossroads nginx = Crossroads.startOrSkip(certificates, directory.resolve("echo.sock"));
        Peer peer = Peer.start()) {
      for (String command : commands()) {
        String here =
            command
                .replace(":8080", ":" + peer.port())
                .replace("127.0.0.1:3128", "127.0.0.1:" + http.uri().getPort())
                .replace("127.0.0.1:3129", "127.0.0.1:" + secure.uri().getPort())
                .replace("ca.pem", certificates.authority().toString())
                .replace("127.0.0.1:1080", "127.0.0.1:" + socks.uri().getPort())
                .replace("/run/echo.sock", nginx.socket().toString());
        Program.Result result = new Program().run(here.split(" "));
        assertThat(result.out()).doesNotContain(ForwardProxy.PASSWORD);
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).as(here + "\n" + result.out()).isZero();
      }
    }
  }
}
