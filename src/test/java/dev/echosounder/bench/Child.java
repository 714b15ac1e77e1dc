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
  /** The kernel's unit in {@code /proc}: a hundredth of a second everywhere but on odd kernels. */
  private static final double TICKS_PER_SECOND = 100;

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
        cpu = cpu();
      } catch (IOException gone) {
        break;
      }
    }
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IllegalStateException("it did not succeed: " + output());
    }
    return cpu;
  }

  /** CPU time so far, of all its threads. */
  Duration cpu() throws IOException {
    return cpu(Path.of("/proc", "" + process.pid(), "stat"));
  }

  /** CPU time so far, of the threads that compile; zero if it is no JVM. */
  Duration compiling() throws IOException {
    Duration sum = Duration.ZERO;
    try (var threads = Files.newDirectoryStream(Path.of("/proc", "" + process.pid(), "task"))) {
      for (Path thread : threads) {
        if (Files.readString(thread.resolve("comm")).matches("C[12] Compiler.*\\s*")) {
          sum = sum.plus(cpu(thread.resolve("stat")));
        }
      }
    }
    return sum;
  }

  /** User and system time, fields 14 and 15; the second, the name, may hold blanks. */
  private static Duration cpu(Path stat) throws IOException {
    String line = Files.readString(stat);
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
    double ticks = Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
    return Duration.ofNanos((long) (ticks / TICKS_PER_SECOND * 1e9));
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
