package dev.echosounder.ws;

import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.AbstractExtension;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OutgoingEntry;
import org.jspecify.annotations.Nullable;

/**
 * Counts payload bytes as they were before compression and are after it: it stands behind {@code
 * permessage-deflate}, and only where that is offered. Public because Jetty makes it.
 */
public final class PlainExtension extends AbstractExtension {
  static final String NAME = "@plain";

  private @Nullable Connection connection;

  /** For Jetty's registry. */
  public PlainExtension() {}

  @Override
  public String getName() {
    return NAME;
  }

  @Override
  public void setCoreSession(CoreSession coreSession) {
    super.setCoreSession(coreSession);
    FrameTap tap = FrameTap.of(coreSession);
    connection = tap == null ? null : tap.connection();
  }

  @Override
  public void onFrame(Frame frame, Callback callback) {
    if (connection != null && frame.isDataFrame()) {
      connection.timeline().receivedPlain(frame.getPayloadLength());
    }
    nextIncomingFrame(frame, callback);
  }

  @Override
  public void sendFrame(OutgoingEntry entry) {
    if (connection != null && entry.getFrame().isDataFrame()) {
      connection.timeline().sentPlain(entry.getFrame().getPayloadLength());
    }
    nextOutgoingFrame(entry);
  }
}
