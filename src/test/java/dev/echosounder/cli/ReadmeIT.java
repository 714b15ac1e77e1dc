package dev.echosounder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.peer.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command that the README or the page of reports marks as runnable does run, and passes. */
final class ReadmeIT {
  private static Peer peer;

  @BeforeAll
  static void startPeer() {
    peer = Peer.start();
  }

  @AfterAll
  static void stopPeer() {
    peer.close();
  }

  static Stream<String> commands() throws IOException {
    String readme =
        Files.readString(Path.of("README.md")) + Files.readString(Path.of("docs/reports.md"));
    return Pattern.compile("(?s)```console runnable\n(.*?)```")
        .matcher(readme)
        .results()
        .map((MatchResult block) -> block.group(1))
        .flatMap(String::lines)
        .filter(line -> line.startsWith("$ ./echosounder "))
        .map(line -> line.substring("$ ./echosounder ".length()));
  }

  @Test
  void thereAreSome() throws IOException {
    assertThat(commands()).hasSizeGreaterThan(5);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void commandPasses(String command) {
    String here = command.replace("localhost:8080", "127.0.0.1:" + peer.port());
    Program.Result result = new Program().run(here.split(" "));
    assertThat(result.err()).isEmpty();
    assertThat(result.code()).as(result.out()).isZero();
  }

  @Test
  void everySubcommandIsInTheTable() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String usage = new Program().run().err();
    String names = usage.lines().findFirst().orElse("").replaceFirst(".*: ", "");
    assertThat(List.of(names.split(", ")))
        .isNotEmpty()
        .allSatisfy(name -> assertThat(readme).contains("| `" + name));
  }
}
