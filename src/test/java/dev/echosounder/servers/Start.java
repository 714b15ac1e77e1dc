package dev.echosounder.servers;

import org.opentest4j.TestAbortedException;

/** What became of starting a server; a program that isn't installed is a value, not an error. */
public sealed interface Start {
  /** The server's name, as {@link ServerKind#label()} gives it. */
  String name();

  /**
   * The running server, for a test. Where it cannot run, the test is skipped with the reason; in CI
   * (environment variable {@code CI} is {@code true}) it fails instead, for nothing may be missing
   * there.
   */
  default EchoServer orSkip() {
    return orSkip("true".equals(System.getenv("CI")));
  }

  /** As above; the caller says whether this is CI. */
  default EchoServer orSkip(boolean inCi) {
    if (this instanceof Running running) {
      return running.server();
    }
    String why = name() + " is unavailable: " + ((Unavailable) this).reason();
    if (inCi) {
      throw new AssertionError(why);
    }
    throw new TestAbortedException(why);
  }

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
