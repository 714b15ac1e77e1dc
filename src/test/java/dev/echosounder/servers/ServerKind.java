package dev.echosounder.servers;

import java.util.Locale;

/** Every server that the features run against. */
public enum ServerKind {
  UNDERTOW,
  TOMCAT,
  NETTY,
  TYRUS,
  NODE_WS,
  NGINX,
  MOSQUITTO;

  /** The name in reports: lower case, words joined by a hyphen. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether the server sends messages back; one that doesn't speaks a protocol of its own. */
  public boolean echoes() {
    return this != MOSQUITTO;
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
      case NGINX -> Nginx.start(Nginx.DEFAULT_READ_TIMEOUT);
      case MOSQUITTO -> Mosquitto.start(label());
    };
  }

  /** {@link #start()}, then {@link Start#orSkip()}. */
  public EchoServer startOrSkip() {
    return start().orSkip();
  }
}
