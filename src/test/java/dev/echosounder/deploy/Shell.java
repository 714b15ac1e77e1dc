package dev.echosounder.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that a test runs, with its output in a file and nothing of it left behind. */
final class Shell implements AutoCloseable {
  private final Process process;
  private final Path output;

  private Shell(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static Shell start(Path output, Map<String, String> environment, List<String> command)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    return new Shell(builder.start(), output);
  }

  String output() throws IOException {
    return Files.readString(output);
  }

  /** The programs that it has started, and those that they have. */
  List<ProcessHandle> descendants() {
    return process.descendants().toList();
  }

  /**
   * Waits for its end.
   *
   * @throws AssertionError if it comes too late; the program is killed then
   */
  int exit(int seconds) throws IOException, InterruptedException {
    if (process.waitFor(seconds, TimeUnit.SECONDS)) {
      return process.exitValue();
    }
    close();
    throw new AssertionError("still running after " + seconds + " s; it said: " + output());
  }

  /** SIGTERM. */
  void terminate() {
    process.toHandle().destroy();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
