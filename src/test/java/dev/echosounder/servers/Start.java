package dev.echosounder.servers;

/** What became of starting a server; a program that isn't installed is a value, not an error. */
public sealed interface Start {
  /** The server's name, as {@link ServerKind#label()} gives it. */
  String name();

  /** The server runs; whoever started it closes it. */
  record Running(EchoServer server) implements Start {
    @Override
    public String name() {
      return server.name();
    }
  }

  /** The server cannot run on this machine; the reason says what to install. */
  record Unavailable(String name, String reason) implements Start {}
}
