package dev.echosounder.servers;

import java.util.Locale;
import org.opentest4j.TestAbortedException;

/** Every server that the features run against. */
public enum ServerKind {
  UNDERTOW,
  TOMCAT,
  NETTY,
  TYRUS,
  NODE_WS;

  /** The name in reports: lower case, words joined by a hyphen. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Starts a server of its own for the caller, who closes it. Blocks until the server accepts
   * connections, for at most 15 seconds.
   *
   * @throws IllegalStateException if the server is installed but didn't start
   */
  public Start start() {
    return switch (this) {
      case UNDERTOW -> new Start.Running(UndertowEcho.start(label()));
      case TOMCAT -> new Start.Running(TomcatEcho.start(label()));
      case NETTY -> new Start.Running(NettyEcho.start(label()));
      case TYRUS -> new Start.Running(TyrusEcho.start(label()));
      case NODE_WS -> NodeEcho.start(label());
    };
  }

  /**
   * Starts the server for a test. Where it cannot run, the test is skipped with the reason; in CI
   * (environment variable {@code CI} is {@code true}) it fails instead, for nothing may be missing
   * there.
   */
  public EchoServer startOrSkip() {
    return runningOrSkip(start(), "true".equals(System.getenv("CI")));
  }

  static EchoServer runningOrSkip(Start start, boolean inCi) {
    if (start instanceof Start.Running running) {
      return running.server();
    }
    String why = start.name() + " is unavailable: " + ((Start.Unavailable) start).reason();
    if (inCi) {
      throw new AssertionError(why);
    }
    throw new TestAbortedException(why);
  }
}
