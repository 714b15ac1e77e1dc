package dev.echosounder.peer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;

/** Remembers a RST of the client, which Jetty's own end point reports as if it were a FIN. */
final class TcpEndPoint extends SocketChannelEndPoint {
  private volatile boolean reset;

  TcpEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
    super(channel, selector, key, scheduler);
  }

  boolean wasReset() {
    return reset;
  }

  @Override
  public int fill(ByteBuffer buffer) throws IOException {
    if (isInputShutdown()) {
      return -1;
    }
    int position = BufferUtil.flipToFill(buffer);
    int read;
    try {
      read = getChannel().read(buffer);
    } catch (IOException e) {
      reset = true;
      read = -1;
    } finally {
      BufferUtil.flipToFlush(buffer, position);
    }
    if (read > 0) {
      notIdle();
    } else if (read < 0) {
      shutdownInput();
    }
    return read;
  }
}
