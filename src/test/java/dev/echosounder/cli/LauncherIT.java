package dev.echosounder.cli;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.peer.Peer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher and the jar, as a user starts them. Needs the packaged jar. */
@Tag("surroundings")
final class LauncherIT {
  private static final long DEADLINE_SECONDS = 30;

  @TempDir private Path directory;

  @Test
  void runsThroughASymlinkFromADirectoryWithABlank() throws IOException, InterruptedException {
    Path blank = Files.createDirectory(directory.resolve("a b"));
    Path link = blank.resolve("sounder");
    Files.createSymbolicLink(link, Path.of("echosounder").toAbsolutePath());
    Path out = directory.resolve("out");
    Process process = start(blank, out, link.toString(), "--version");
    assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(out)).startsWith("echosounder 0.");
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void classesComeFromAnArchiveBesideTheJar() throws IOException, InterruptedException {
    String launcher = Path.of("echosounder").toAbsolutePath().toString();
    Path out = directory.resolve("out");
    String log = "JAVA_TOOL_OPTIONS=-Xlog:class+load";
    Process process = start(directory, out, "env", log, launcher, "--version");
    assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(out))
        .containsPattern("dev\\.echosounder\\.cli\\.Main source: shared objects file");
  }

  @Test
  void anArchiveThatCannotBeMadeOrReadIsNoReasonNotToRun()
      throws IOException, InterruptedException {
    // A checkout that lacks what makes the archive.
    Files.copy(Path.of("echosounder"), directory.resolve("echosounder"), COPY_ATTRIBUTES);
    Files.createFile(directory.resolve("pom.xml"));
    Files.createDirectories(directory.resolve("src/main"));
    Path target = Files.createDirectory(directory.resolve("target"));
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      Path jar = files.filter(f -> f.toString().endsWith("-all.jar")).findFirst().orElseThrow();
      Files.copy(jar, target.resolve(jar.getFileName()));
    }
    String said = version();
    assertThat(said.lines()).hasSize(2).first().asString().startsWith("echosounder ");
    try (Stream<Path> files = Files.list(target)) {
      Path archive =
          files.filter(f -> f.toString().matches(".*\\.(jsa|aot)")).findFirst().orElseThrow();
      assertThat(archive).isEmptyFile();
      Files.writeString(archive, "neither is this an archive");
    }
    assertThat(version()).isEqualTo(said);
  }

  private String version() throws IOException, InterruptedException {
    Path out = directory.resolve("out");
    Process process = start(directory, out, "./echosounder", "--version");
    assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    return Files.readString(out);
  }

  @Test
  void peerListensUntilItIsTerminated() throws IOException, InterruptedException {
    String launcher = Path.of("echosounder").toAbsolutePath().toString();
    Process process = new ProcessBuilder(launcher, "peer").redirectErrorStream(true).start();
    // Ends the reading below, should the peer never say what is waited for.
    process
        .onExit()
        .orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS)
        .exceptionally(late -> process.destroyForcibly());
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      String url = out.readLine().replace("listening on ", "");
      assertThat(out.lines().takeWhile(line -> !line.startsWith("Stop it")).toList())
          .anyMatch(line -> line.startsWith("/echo"));
      assertThat(new Program().run("probe", url + "echo", "--send", "x").code()).isZero();
    } finally {
      process.destroy(); // SIGTERM
    }
    assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void proxyDoesWhatItIsToldAndSaysWhatItDid() throws IOException, InterruptedException {
    try (Peer peer = Peer.start()) {
      String launcher = Path.of("echosounder").toAbsolutePath().toString();
      String to = peer.uri("/").toString();
      String first = "close with 4001 after frame 1 from the server";
      Process process =
          new ProcessBuilder(launcher, "proxy", "--to", to, "--stdin", "--fault", first)
              .redirectErrorStream(true)
              .start();
      process
          .onExit()
          .orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS)
          .exceptionally(late -> process.destroyForcibly());
      try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
          Writer in = process.outputWriter(StandardCharsets.UTF_8)) {
        String url = out.readLine().replaceAll("listening on |, before .*", "");
        assertThat(out.lines().takeWhile(line -> !line.startsWith("Stop it")).toList())
            .contains("  stall pongs from the server");
        Program.Result cut =
            new Program().run("probe", url + "echo", "--send", "x", "--count", "2");
        assertThat(cut.lastLine()).contains("peer_application");
        in.write("refuse connection\nrefuse connections\n");
        in.flush();
        assertThat(out.readLine()).startsWith("error: expected a fault such as \"refuse conn");
        out.readLine();
        assertThat(out.readLine()).startsWith("opened 1, open 0").contains("closed by proxy 1");
        assertThat(new Program().run("probe", url + "echo").code()).isEqualTo(Exit.FAILED);
        process.toHandle().destroy(); // SIGTERM, and its output stays readable
        assertThat(out.readLine()).contains("refused 1");
      } finally {
        process.destroy();
      }
      assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static Process start(Path in, Path out, String... command) throws IOException {
    return new ProcessBuilder(List.of(command))
        .directory(in.toFile())
        .redirectErrorStream(true)
        .redirectOutput(out.toFile())
        .start();
  }
}
