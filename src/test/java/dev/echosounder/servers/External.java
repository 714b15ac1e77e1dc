package dev.echosounder.servers;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/** A server outside this JVM. */
public record External(String name, URI uri, ChildProcess process) implements EchoServer {
  private static final int ATTEMPTS = 5;

  /** Writes what the program needs into a directory, and says how to run it there. */
  interface Command {
    List<String> prepare(int port, Path directory);
  }

  /**
   * Starts a program that cannot choose a port itself. Between the choice of a port and its use,
   * somebody else may take it; the program then ends by itself, and gets another port. For the same
   * reason {@code ready} asks the program, not the port.
   */
  static External start(
      String name, String path, Command command, BiPredicate<ChildProcess, Path> ready) {
    String said = "";
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = Loopback.freePort();
      Path directory = Scratch.directory(name);
      List<String> line = command.prepare(port, directory);
      ChildProcess process = ChildProcess.start(directory.resolve("output.log"), Map.of(), line);
      Optional<Boolean> listening =
          process.await(() -> Optional.of(true).filter(x -> ready.test(process, directory)));
      if (listening.isPresent()) {
        return new External(name, Loopback.ws(port, path), process);
      }
      said = process.output();
    }
    throw new IllegalStateException(name + " ended " + ATTEMPTS + " times; it said: " + said);
  }

  /** As by SIGKILL: it can say no good-bye. */
  public void kill() {
    process.kill();
  }

  @Override
  public void close() {
    process.close();
  }
}
