package dev.echosounder.servers;

import java.net.URI;

/**
 * A running WebSocket server that this project did not write, on an ephemeral port of 127.0.0.1.
 *
 * <p>An echo server answers each message at {@link #uri()} with the same message, of up to {@link
 * #MAX_MESSAGE_BYTES}; pings and the close handshake are left to the server's own implementation.
 * Whether a server is one, {@link ServerKind#echoes()} tells.
 */
public interface EchoServer extends AutoCloseable {
  /** The one subprotocol every echo server chooses when it is offered. */
  String SUBPROTOCOL = "echo.v1";

  /**
   * Messages of up to this many bytes come back; Tomcat counts text in UTF-16 units. What a longer
   * one leads to is the server's own affair.
   */
  int MAX_MESSAGE_BYTES = 2 * 1024 * 1024;

  /** The code with which {@link #closingUri()} closes upon the first message. */
  int CLOSE_CODE = 4001;

  /** The reason with which {@link #closingUri()} closes upon the first message. */
  String CLOSE_REASON = "bye";

  /** The server's name, as {@link ServerKind#label()} gives it. */
  String name();

  /** Where it echoes: {@code ws://127.0.0.1:PORT/echo}. */
  URI uri();

  /** Where it closes with {@link #CLOSE_CODE} and {@link #CLOSE_REASON} upon the first message. */
  default URI closingUri() {
    return uri().resolve("/close");
  }

  /** Stops the server and waits until its port is free; a second call does nothing. */
  @Override
  void close();
}
