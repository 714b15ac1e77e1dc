package dev.echosounder.ws;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Connection.UpgradeFrom;
import org.eclipse.jetty.io.Connection.UpgradeTo;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.exception.ProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * What a WebSocket reads from, be it a socket, TLS or a stream of HTTP/2. Refuses what the
 * library's parser takes though RFC 6455 forbids it; the frames before are read first. Everything
 * else is the end point's own.
 */
final class StrictEndPoint implements EndPoint {
  private final EndPoint endPoint;
  private final FrameHeads heads = new FrameHeads();

  StrictEndPoint(EndPoint endPoint) {
    this.endPoint = endPoint;
  }

  @Override
  public int fill(ByteBuffer buffer) throws IOException {
    refuse();
    int filled = endPoint.fill(buffer);
    if (filled <= 0) {
      return filled;
    }
    int from = buffer.limit() - filled;
    cut(buffer, from);
    if (buffer.limit() == from) {
      refuse();
    }
    return buffer.limit() - from;
  }

  /**
   * Nothing behind what is sound must be parsed: it might look like another fault, or like none.
   */
  private void cut(ByteBuffer buffer, int from) {
    buffer.limit(heads.sound(buffer, from, buffer.limit()));
  }

  private void refuse() {
    String fault = heads.fault();
    if (fault != null) {
      throw new ProtocolException(fault);
    }
  }

  /** As the end point's own would, but frames that came together with the answer are looked at. */
  @Override
  public void upgrade(org.eclipse.jetty.io.Connection next) {
    org.eclipse.jetty.io.Connection before = endPoint.getConnection();
    ByteBuffer early = before instanceof UpgradeFrom http ? http.onUpgradeFrom() : null;
    if (before != null) {
      before.onClose(null);
    }
    endPoint.setConnection(next);
    if (early != null) {
      cut(early, early.position());
    }
    if (BufferUtil.hasContent(early)) {
      ((UpgradeTo) next).onUpgradeTo(early);
    }
    next.onOpen();
  }

  @Override
  public boolean flush(ByteBuffer... buffers) throws IOException {
    return endPoint.flush(buffers);
  }

  @Override
  public void write(Callback callback, ByteBuffer... buffers) {
    endPoint.write(callback, buffers);
  }

  @Override
  public Callback cancelWrite(Throwable cause) {
    return endPoint.cancelWrite(cause);
  }

  @Override
  public void fillInterested(Callback callback) {
    endPoint.fillInterested(callback);
  }

  @Override
  public boolean tryFillInterested(Callback callback) {
    return endPoint.tryFillInterested(callback);
  }

  @Override
  public boolean isFillInterested() {
    return endPoint.isFillInterested();
  }

  @Override
  public SocketAddress getLocalSocketAddress() {
    return endPoint.getLocalSocketAddress();
  }

  @Override
  public SocketAddress getRemoteSocketAddress() {
    return endPoint.getRemoteSocketAddress();
  }

  @Override
  public boolean isOpen() {
    return endPoint.isOpen();
  }

  @Override
  public long getCreatedTimeStamp() {
    return endPoint.getCreatedTimeStamp();
  }

  @Override
  public void shutdownOutput() {
    endPoint.shutdownOutput();
  }

  @Override
  public boolean isOutputShutdown() {
    return endPoint.isOutputShutdown();
  }

  @Override
  public boolean isInputShutdown() {
    return endPoint.isInputShutdown();
  }

  @Override
  public void close(@Nullable Throwable cause) {
    endPoint.close(cause);
  }

  @Override
  public Object getTransport() {
    return endPoint.getTransport();
  }

  @Override
  public long getIdleTimeout() {
    return endPoint.getIdleTimeout();
  }

  @Override
  public void setIdleTimeout(long idleTimeout) {
    endPoint.setIdleTimeout(idleTimeout);
  }

  @Override
  public org.eclipse.jetty.io.Connection getConnection() {
    return endPoint.getConnection();
  }

  @Override
  public void setConnection(org.eclipse.jetty.io.Connection connection) {
    endPoint.setConnection(connection);
  }

  @Override
  public void onOpen() {
    endPoint.onOpen();
  }

  @Override
  public void onClose(@Nullable Throwable cause) {
    endPoint.onClose(cause);
  }

  @Override
  public @Nullable SslSessionData getSslSessionData() {
    return endPoint.getSslSessionData();
  }

  @Override
  public boolean isSecure() {
    return endPoint.isSecure();
  }
}
