package dev.echosounder.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program that is measured, or measured against. Its standard input stays open until the end. */
final class Child implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final Path output;

  private Child(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static Child start(List<String> command) throws IOException {
    Path output = Files.createTempFile("echosounder-bench", ".log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Process process = builder.redirectOutput(output.toFile()).start();
    Child child = new Child(process, output);
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return child;
  }

  /** The first group of the expression, as soon as the output has it. */
  String said(String regex) throws IOException, InterruptedException {
    Pattern pattern = Pattern.compile(regex, Pattern.MULTILINE);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < end) {
      Matcher matcher = pattern.matcher(output());
      if (matcher.find()) {
        return matcher.group(1);
      }
      if (!process.isAlive()) {
        break;
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
    throw new IllegalStateException("no \"" + regex + "\" in its output: " + output());
  }

  String output() throws IOException {
    return Files.readString(output);
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Waits for its end, which has to be a good one: its CPU time, to within 5 ms before the end. */
  Duration succeeds() throws IOException, InterruptedException {
    Duration cpu = Duration.ZERO;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!process.waitFor(5, TimeUnit.MILLISECONDS) && System.nanoTime() < end) {
      try {
        cpu = cpu().all();
      } catch (IOException gone) {
        break;
      }
    }
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IllegalStateException("it did not succeed: " + output());
    }
    return cpu;
  }

  /** So far. */
  CpuTime cpu() throws IOException {
    return CpuTime.of(process.pid());
  }

  /** SIGTERM, then the end, by force after a minute. */
  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    Files.deleteIfExists(output);
  }
}
