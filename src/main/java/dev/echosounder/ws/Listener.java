package dev.echosounder.ws;

/**
 * Is told what happens on one connection, in order, on the I/O thread that saw it. Must not block
 * and must not throw: a slow listener delays its own connection and those that share its thread.
 */
public interface Listener {
  /** Hears nothing. */
  Listener NONE = new Listener() {};

  /** The timeline has grown by {@code event}. */
  default void onEvent(Connection connection, Event event) {}

  /** The connection can send. Called once, before any message, after {@link Event.Upgraded}. */
  default void onOpen(Connection connection) {}

  /** A whole message, or a pong, has arrived. */
  default void onMessage(Connection connection, Message message) {}
}
