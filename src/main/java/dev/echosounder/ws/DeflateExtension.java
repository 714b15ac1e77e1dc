package dev.echosounder.ws;

import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.ExtensionConfig;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.OutgoingEntry;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.exception.MessageTooLargeException;
import org.eclipse.jetty.websocket.core.internal.PerMessageDeflateExtension;
import org.jspecify.annotations.Nullable;

/**
 * {@code permessage-deflate} (RFC 7692) as a client needs it. Jetty's own
 *
 * <ul>
 *   <li>refuses a message that inflates to more than one buffer of 8 KiB unless the whole session
 *       fragments on its own, which would hide the real frames: here it inflates by such pieces,
 *       and stops a decompression bomb at the piece that passes the message limit;
 *   <li>goes by the parameters that were offered, not by those that the server agreed to, and reads
 *       them as a server does, with the two sides' contexts swapped;
 *   <li>forgets a context at any last frame, even at a ping between a message's fragments.
 * </ul>
 *
 * <p>Public because Jetty makes it.
 */
public final class DeflateExtension extends PerMessageDeflateExtension {
  private Configuration pieces = new Configuration.ConfigurationCustomizer();
  private @Nullable WebSocketComponents components;
  private @Nullable FrameTap tap;

  /** Bytes of the message that arrives: read by the reading thread alone. */
  private long wire;

  private long plain;
  private boolean compressed;

  /** For Jetty's registry. */
  public DeflateExtension() {}

  @Override
  public void init(ExtensionConfig config, WebSocketComponents shared) {
    components = shared;
    super.init(new ExtensionConfig(Deflate.NAME), shared);
  }

  @Override
  public void setCoreSession(CoreSession coreSession) {
    super.setCoreSession(coreSession);
    Configuration.ConfigurationCustomizer own = new Configuration.ConfigurationCustomizer();
    own.setAutoFragment(true);
    pieces = own;
    tap = FrameTap.of(coreSession);
    if (tap != null && components != null) {
      super.init(asServer(tap.agreement()), components);
    }
  }

  /** For a server, "server" names the side that compresses: for us that is the client. */
  private static ExtensionConfig asServer(Deflate.Agreement agreed) {
    Map<String, String> parameters = new HashMap<>();
    if (agreed.resetOurs()) {
      parameters.put("server_no_context_takeover", null);
    }
    if (agreed.resetTheirs()) {
      parameters.put("client_no_context_takeover", null);
    }
    return new ExtensionConfig(Deflate.NAME, parameters);
  }

  @Override
  public void onFrame(Frame frame, Callback callback) {
    if (frame.isDataFrame()) {
      boolean first = frame.getOpCode() != OpCode.CONTINUATION;
      wire = (first ? 0 : wire) + frame.getPayloadLength();
      compressed = first ? frame.isRsv1() : compressed;
    }
    super.onFrame(frame, callback);
  }

  @Override
  protected void nextIncomingFrame(Frame frame, Callback callback) {
    if (frame.isControlFrame()) {
      getNextIncoming().onFrame(frame, callback);
      return;
    }
    boolean first = frame.getOpCode() != OpCode.CONTINUATION;
    plain = (first ? 0 : plain) + frame.getPayloadLength();
    // Text and binary messages have the same limit.
    long limit = getCoreSession().getMaxBinaryMessageSize();
    if (compressed && plain > limit && tap != null && !tap.streaming()) {
      throw new MessageTooLargeException(
          "%,d bytes on the wire inflate to more than the limit of %,d".formatted(wire, limit));
    }
    super.nextIncomingFrame(frame, callback);
  }

  @Override
  protected void nextOutgoingFrame(OutgoingEntry entry) {
    if (entry.getFrame().isControlFrame()) {
      getNextOutgoing().sendFrame(entry);
    } else {
      super.nextOutgoingFrame(entry);
    }
  }

  @Override
  protected Configuration getConfiguration() {
    return pieces;
  }
}
