package dev.echosounder.ws;

import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.WebSocketCoreSession;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the Jakarta layer to hear what that layer hides: the session, errors, the end; and
 * to lead a message past it that somebody wants piece by piece.
 */
final class FrameTap implements FrameHandler {
  private final Connection connection;
  private final FrameHandler jakarta;
  private @Nullable CoreSession session;

  /** Set before the session is made, which asks for it. */
  private Deflate.Agreement agreement = new Deflate.Agreement(false, false);

  /** Set by anybody, taken by the reading thread. */
  private final AtomicReference<@Nullable Sink> next = new AtomicReference<>();

  /** Where the message goes whose frames are arriving; only the reading thread knows. */
  private @Nullable Sink sink;

  FrameTap(Connection connection, FrameHandler jakarta) {
    this.connection = connection;
    this.jakarta = jakarta;
  }

  /** The tap of this session; null if it is none of ours. */
  static @Nullable FrameTap of(CoreSession coreSession) {
    return coreSession instanceof WebSocketCoreSession session
            && session.getHandler() instanceof FrameTap tap
        ? tap
        : null;
  }

  Connection connection() {
    return connection;
  }

  /** The next message that begins goes there. */
  void next(Sink into) {
    next.set(into);
  }

  /** Whether the message whose frames are arriving goes past the Jakarta layer and its limits. */
  boolean streaming() {
    return sink != null;
  }

  /** What the server's answer says about compression. */
  void agreed(Deflate.Agreement onDeflate) {
    agreement = onDeflate;
  }

  Deflate.Agreement agreement() {
    return agreement;
  }

  @Override
  public void onOpen(CoreSession opened, Callback callback) {
    session = opened;
    connection.onSession(opened, this);
    jakarta.onOpen(opened, callback);
  }

  @Override
  public void onFrame(Frame frame, Callback callback) {
    if (frame.isDataFrame() && frame.getOpCode() != OpCode.CONTINUATION) {
      // Hardly ever set: look before writing.
      sink = next.get() == null ? null : next.getAndSet(null);
    }
    if (sink == null || session == null || frame.isControlFrame()) {
      jakarta.onFrame(frame, callback);
      return;
    }
    sink.onPiece(frame.getPayload().slice(), frame.isFin());
    sink = frame.isFin() ? null : sink;
    callback.succeeded();
    session.demand();
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
