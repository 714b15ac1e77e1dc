package dev.echosounder.bench;

import dev.echosounder.servers.EchoServer;
import dev.echosounder.servers.ServerKind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The server of the benchmarks, in a process of its own: {@code benchmarks/echo-server.c} where a C
 * compiler is to be had, else Netty.
 *
 * @param name for the table's title
 */
record EchoProgram(String name, URI uri, Child process) implements AutoCloseable {
  static EchoProgram start() throws IOException, InterruptedException {
    Path program = Path.of("target", "echo-server").toAbsolutePath();
    boolean compiled = compile(program);
    Child process =
        Child.start(
            compiled
                ? List.of(program.toString())
                : List.of(
                    java(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-Xmx256m",
                    EchoProgram.class.getName()));
    String port = process.said("^listening (\\d+)$");
    String name = compiled ? "an echo server in C" : "Netty (no C compiler here)";
    return new EchoProgram(name, URI.create("ws://127.0.0.1:" + port + "/echo"), process);
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static boolean compile(Path program) throws IOException, InterruptedException {
    String source = "benchmarks/echo-server.c";
    try (Child gcc = Child.start(List.of("gcc", "-O2", "-o", program.toString(), source))) {
      gcc.succeeds();
      return Files.isExecutable(program);
    } catch (IOException none) {
      return false;
    }
  }

  /** The Netty server, until it is killed. */
  public static void main(String[] args) throws Exception {
    try (EchoServer server = ServerKind.NETTY.startOrSkip()) {
      System.out.println("listening " + server.uri().getPort());
      TimeUnit.DAYS.sleep(1);
    }
  }

  @Override
  public void close() throws IOException {
    process.close();
  }
}
