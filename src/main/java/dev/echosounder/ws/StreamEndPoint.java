package dev.echosounder.ws;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Stream;
import org.eclipse.jetty.http2.client.transport.internal.ClientHTTP2StreamEndPoint;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP/2 stream that carries a WebSocket, in place of the socket: END_STREAM is its FIN,
 * RST_STREAM its RST (RFC 8441 §5). What becomes of TCP below, {@link WireEndPoint} tells.
 */
final class StreamEndPoint extends ClientHTTP2StreamEndPoint {
  private final EndingMachine machine;

  private StreamEndPoint(HTTP2Stream stream, Connection connection) {
    super(stream);
    this.machine = connection.machine();
  }

  /** Takes the place of Jetty's own end point of a stream that has just become a tunnel. */
  static StreamEndPoint of(HTTP2Stream stream, Connection connection) {
    StreamEndPoint own = new StreamEndPoint(stream, connection);
    stream.setAttachment(own);
    return own;
  }

  /**
   * Reads at once, while the frame is parsed, and leaves no task: a RST_STREAM that stands right
   * behind would throw away what is not yet read.
   */
  @Override
  public @Nullable Runnable onDataAvailable() {
    processDataAvailable();
    return null;
  }

  @Override
  public int fill(ByteBuffer sink) throws IOException {
    int filled;
    try {
      filled = super.fill(sink);
    } catch (IOException e) {
      machine.reset(Failures.text(e));
      return -1;
    }
    if (filled < 0) {
      machine.eof();
    }
    return filled;
  }

  @Override
  public void write(Callback callback, ByteBuffer... buffers) {
    super.write(
        Callback.from(
            callback.getInvocationType(),
            callback::succeeded,
            failure -> {
              machine.reset(Failures.text(failure));
              callback.failed(failure);
            }),
        buffers);
  }

  /** The stream is over; what has come before is read. */
  void end(Throwable failure) {
    processFailure(failure);
    close(failure);
  }

  @Override
  public @Nullable Runnable onReset(ResetFrame frame, Callback callback) {
    end(new EOFException(describe(frame.getError())));
    callback.succeeded();
    return null;
  }

  static String describe(int error) {
    return "the server reset the stream: RST_STREAM " + ErrorCode.toString(error, "code " + error);
  }
}
