package dev.echosounder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.peer.Peer;
import dev.echosounder.servers.EchoServer;
import dev.echosounder.servers.JettyHttp2;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/wire.md shows runs as it stands. */
final class WireDocsIT {
  private static Peer peer;
  private static EchoServer http2;

  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    peer = Peer.start();
    http2 = JettyHttp2.clear();
  }

  @AfterAll
  static void stop() {
    http2.close();
    peer.close();
  }

  private static List<String> blocks(String kind) throws IOException {
    String page =
        Files.readString(Path.of("docs/wire.md"))
            .replace("localhost:8080", "127.0.0.1:" + peer.port())
            .replace("localhost:8081", http2.uri().getAuthority());
    return Pattern.compile("(?s)```" + kind + "\n(.*?)```")
        .matcher(page)
        .results()
        .map(block -> block.group(1))
        .toList();
  }

  @Test
  void commandsPass() throws IOException {
    List<String> commands =
        blocks("console runnable").stream()
            .map(c -> c.strip().replace("$ ./echosounder ", ""))
            .toList();
    assertThat(commands).hasSize(2);
    for (String command : commands) {
      Program.Result result = new Program().run(command.split(" "));
      assertThat(result.code()).as(command + result.out() + result.err()).isZero();
    }
  }

  @Test
  void whatCompressionSavedIsInTheJson() {
    Program.Result result =
        new Program()
            .run(
                "probe",
                peer.uri("/echo").toString(),
                "--deflate",
                "--json",
                "--send",
                "a".repeat(100));
    assertThat(result.out())
        .containsPattern(
            "\"compression\":\\{\"sent_plain\":100,\"sent_wire\":\\d{1,2},"
                + "\"received_plain\":100,\"received_wire\":\\d{1,2}}");
  }

  @Test
  void scenariosPass() throws IOException {
    List<String> scenarios = blocks("gherkin");
    assertThat(scenarios).hasSize(4);
    Path feature = directory.resolve("wire.feature");
    Files.writeString(feature, "Feature: wire\n\n" + String.join("\n", scenarios));
    Program.Result result =
        new Program().run("test", feature.toString(), "--target", peer.uri("/echo").toString());
    assertThat(result.code()).as(result.out() + result.err()).isZero();
    assertThat(result.out() + result.err()).contains("4");
  }
}
