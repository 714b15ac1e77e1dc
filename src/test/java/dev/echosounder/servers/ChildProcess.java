package dev.echosounder.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A program that runs as long as a server is needed, and never longer than this JVM. */
final class ChildProcess implements AutoCloseable {
  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
  }

  private final Process process;
  private final Path log;
  private final List<ProcessHandle> orphans = new CopyOnWriteArrayList<>();

  private ChildProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Both output streams go to the log file; standard input is a pipe that stays open. */
  static ChildProcess start(Path log, Map<String, String> environment, List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      RUNNING.add(process);
      return new ChildProcess(process, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Waits until the condition yields a value.
   *
   * @return empty if the program ended first
   * @throws IllegalStateException after 15 seconds; the program is then stopped
   */
  <T> Optional<T> await(Supplier<Optional<T>> condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
    while (System.nanoTime() < deadline) {
      Optional<T> value = condition.get();
      if (value.isPresent()) {
        return value;
      }
      if (ended(20, TimeUnit.MILLISECONDS)) {
        close();
        return Optional.empty();
      }
    }
    close();
    throw new IllegalStateException("not ready within 15 s; it said: " + output());
  }

  /** What the program has written so far. */
  String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills it, and not what it has started: that is left to {@link #close}. */
  void kill() {
    process.descendants().forEach(orphans::add);
    process.destroyForcibly();
  }

  /** Asks it to end, and kills it if it hasn't within 5 seconds. */
  @Override
  public void close() {
    process.destroy();
    if (!ended(5, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      ended(5, TimeUnit.SECONDS);
    }
    orphans.forEach(ProcessHandle::destroyForcibly);
    RUNNING.remove(process);
  }

  private boolean ended(long time, TimeUnit unit) {
    try {
      return process.waitFor(time, unit);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a program", e);
    }
  }
}
