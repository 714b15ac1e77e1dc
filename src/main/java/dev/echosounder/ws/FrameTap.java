package dev.echosounder.ws;

import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;

/** Stands before the Jakarta layer to hear what that layer hides: the session, errors, the end. */
record FrameTap(Connection connection, FrameHandler jakarta) implements FrameHandler {
  @Override
  public void onOpen(CoreSession session, Callback callback) {
    connection.onSession(session);
    jakarta.onOpen(session, callback);
  }

  @Override
  public void onFrame(Frame frame, Callback callback) {
    jakarta.onFrame(frame, callback);
  }

  @Override
  public void onError(Throwable failure, Callback callback) {
    connection.onFailure(failure);
    jakarta.onError(failure, callback);
  }

  @Override
  public void onClosed(CloseStatus status, Callback callback) {
    try {
      jakarta.onClosed(status, callback);
    } finally {
      connection.onClosed();
    }
  }
}
