package dev.echosounder.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/** A reverse proxy in front of a Netty server of its own. */
public record Proxied(EchoServer proxy, EchoServer upstream) implements EchoServer {
  /** Writes the proxy's configuration into its directory, and says how to run it there. */
  interface Command {
    List<String> prepare(Path program, int port, Path home, URI upstream) throws IOException;
  }

  /** Starts {@code program}, if it is installed. */
  static Start start(
      String name, String program, Command command, BiPredicate<ChildProcess, Path> ready) {
    Optional<Path> installed = Program.find(program);
    if (installed.isEmpty()) {
      return new Start.Unavailable(name, program + " is not installed");
    }
    EchoServer upstream = NettyEcho.start("netty");
    try {
      EchoServer proxy =
          External.start(
              name,
              "/echo",
              (port, home) -> prepare(command, installed.get(), port, home, upstream.uri()),
              ready);
      return new Start.Running(new Proxied(proxy, upstream));
    } catch (RuntimeException e) {
      upstream.close();
      throw e;
    }
  }

  private static List<String> prepare(
      Command command, Path program, int port, Path home, URI upstream) {
    try {
      return command.prepare(program, port, home, upstream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String name() {
    return proxy.name();
  }

  @Override
  public URI uri() {
    return proxy.uri();
  }

  @Override
  public void close() {
    proxy.close();
    upstream.close();
  }
}
