package dev.echosounder.peer;

/** What one WebSocket connection does. Called in the connection's serial order, never blocking. */
interface Script {
  default void onOpen(Session session) {}

  default void onMessage(Session session, Message message) {}

  /** A data frame as it comes; true if it is dealt with, and not to be put into a message. */
  default boolean onDataFrame(Session session, Frame frame) {
    return false;
  }

  default void onPing(Session session, byte[] payload) {
    session.send(Frame.of(Frame.PONG, payload));
  }

  /** The client's close frame; only ever the first one. */
  default void onClose(Session session, byte[] payload) {
    session.answerClose(payload);
  }

  /** Any frame at all, before it is looked at. */
  default void onActivity(Session session) {}

  default void onEnd(Session session) {}
}
