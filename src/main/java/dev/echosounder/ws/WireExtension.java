package dev.echosounder.ws;

import java.nio.ByteBuffer;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.AbstractExtension;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.ExtensionConfig;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.OutgoingEntry;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.jspecify.annotations.Nullable;

/**
 * Sees every frame both ways, next to the wire, on the thread that reads or writes it. The name's
 * {@code @} makes it internal: it is never offered to the server. Public because Jetty makes it.
 */
public final class WireExtension extends AbstractExtension {
  static final String NAME = "@wire";

  /** It has no parameters: one for all connections. */
  private static final ExtensionConfig CONFIG = new ExtensionConfig(NAME);

  private @Nullable Connection connection;

  /** For Jetty's registry. */
  public WireExtension() {}

  @Override
  public String getName() {
    return NAME;
  }

  @Override
  public void init(ExtensionConfig parsed, WebSocketComponents shared) {
    super.init(CONFIG, shared);
  }

  @Override
  public void setCoreSession(CoreSession coreSession) {
    super.setCoreSession(coreSession);
    FrameTap tap = FrameTap.of(coreSession);
    connection = tap == null ? null : tap.connection();
  }

  @Override
  public void onFrame(Frame frame, Callback callback) {
    if (connection != null) {
      connection.onReceived(copy(frame));
    }
    nextIncomingFrame(frame, callback);
  }

  @Override
  public void sendFrame(OutgoingEntry entry) {
    OutgoingEntry out = entry;
    if (connection != null) {
      Bytes payload = connection.closePayload();
      if (entry.getFrame().getOpCode() == OpCode.CLOSE && payload != null) {
        Frame close = new Frame(OpCode.CLOSE, payload.toBuffer());
        out = new OutgoingEntry.Builder(entry).frame(close).build();
      }
      connection.onSent(copy(out.getFrame()));
    }
    nextOutgoingFrame(out);
  }

  private static dev.echosounder.ws.Frame copy(Frame frame) {
    ByteBuffer payload = frame.getPayload();
    int rsv = (frame.isRsv1() ? 4 : 0) | (frame.isRsv2() ? 2 : 0) | (frame.isRsv3() ? 1 : 0);
    return new dev.echosounder.ws.Frame(
        Opcode.of(frame.getOpCode()),
        frame.isFin(),
        rsv,
        frame.getPayloadLength(),
        Bytes.copyOf(payload, dev.echosounder.ws.Frame.EXCERPT_BYTES));
  }
}
