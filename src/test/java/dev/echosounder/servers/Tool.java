package dev.echosounder.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs that do one thing and end. */
public final class Tool {
  private static final int PATIENCE_SECONDS = 240;

  private Tool() {}

  /**
   * Runs it, or skips the test where it isn't installed; in CI the test fails instead.
   *
   * @return what it said
   * @throws AssertionError if it ended with another code than 0, with what it said; or didn't end
   */
  public static String runOrSkip(String name, String... arguments) {
    Path program = Program.findOrSkip(name);
    Path output = Scratch.directory(name).resolve("output.log");
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      try {
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        String said = Files.readString(output);
        if (!ended || process.exitValue() != 0) {
          throw new AssertionError(String.join(" ", command) + " failed; it said: " + said);
        }
        return said;
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + name, e);
    }
  }
}
