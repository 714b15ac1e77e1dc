package dev.echosounder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher and the jar, as a user starts them. Needs the packaged jar. */
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

  private static Process start(Path in, Path out, String... command) throws IOException {
    return new ProcessBuilder(List.of(command))
        .directory(in.toFile())
        .redirectErrorStream(true)
        .redirectOutput(out.toFile())
        .start();
  }
}
