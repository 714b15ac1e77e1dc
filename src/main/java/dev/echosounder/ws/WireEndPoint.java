package dev.echosounder.ws;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * The socket. Tells a reset from an end of stream, which Jetty's own end point turns into the same
 * -1, and keeps reading when a write fails: a peer that has closed often left a close frame in the
 * receive buffer, and its code is what a person wants to know.
 */
final class WireEndPoint extends SocketChannelEndPoint {
  private final Connection connection;

  /** Of this socket: a redirect may have left it, and then its end is not the connection's. */
  private final EndingMachine machine;

  /**
   * Held while writing, and while saying that the stream has ended. The kernel tells a reset to
   * whichever call comes first: when a write has just taken it, the read that follows sees a mere
   * end of stream, and must not be believed before the write has said what it got. A write does not
   * block, so the reader waits for a system call at most, once.
   */
  private final Object writing = new Object();

  /** Written by the thread that flushes, one at a time. */
  private volatile boolean writeFailed;

  /** Written by the thread that flushes: what the kernel has not taken yet, in bytes. */
  private volatile long pending;

  /** Whether TLS is spoken on it, with the server or a proxy. */
  private final boolean shakesHands;

  private final ReadGate gate;

  WireEndPoint(
      SocketChannel channel,
      ManagedSelector selector,
      SelectionKey key,
      Scheduler scheduler,
      Connection connection,
      boolean shakesHands) {
    super(channel, selector, key, scheduler);
    this.shakesHands = shakesHands;
    this.connection = connection;
    this.machine = connection.machine();
    this.gate = new ReadGate(connection, super::fillInterested);
    connection.tcp().onConnected(this);
  }

  /** What decides how fast it is read. */
  ReadGate gate() {
    return gate;
  }

  long pending() {
    return pending;
  }

  /**
   * What comes is read by the selector's own thread: handing it to another would add its wake-up to
   * every round trip. Nothing that reads blocks ({@link Listener}). But while TLS shakes hands it
   * may compute for a millisecond, which belongs on a thread of the pool.
   */
  private Callback onThisThread(Callback callback) {
    return !shakesHands || connection.isOpen()
        ? Callback.from(InvocationType.NON_BLOCKING, callback::succeeded, callback::failed)
        : callback;
  }

  @Override
  public void fillInterested(Callback callback) {
    Callback own = onThisThread(callback);
    if (!gate.holds(own)) {
      super.fillInterested(own);
    }
  }

  @Override
  public boolean tryFillInterested(Callback callback) {
    Callback own = onThisThread(callback);
    return gate.holds(own) || super.tryFillInterested(own);
  }

  @Override
  public int fill(ByteBuffer buffer) throws IOException {
    if (isInputShutdown()) {
      return -1;
    }
    int most = gate.most();
    if (most == 0) {
      return 0;
    }
    int position = BufferUtil.flipToFill(buffer);
    buffer.limit(buffer.position() + Math.min(most, buffer.remaining()));
    try {
      int filled = getChannel().read(buffer);
      if (filled > 0) {
        notIdle();
        gate.took(filled);
      } else if (filled < 0) {
        shutdownInput();
        synchronized (writing) {
          machine.eof();
        }
      }
      return filled;
    } catch (IOException e) {
      shutdownInput();
      machine.reset(Failures.text(e));
      return -1;
    } finally {
      BufferUtil.flipToFlush(buffer, position);
    }
  }

  @Override
  public boolean flush(ByteBuffer... buffers) throws IOException {
    if (!writeFailed) {
      synchronized (writing) {
        try {
          boolean all = super.flush(buffers);
          pending = all ? 0 : BufferUtil.remaining(buffers);
          return all;
        } catch (IOException e) {
          onWriteFailed(e);
        }
      }
    }
    for (ByteBuffer buffer : buffers) {
      BufferUtil.clear(buffer);
    }
    return true;
  }

  /**
   * From here on writes go nowhere, and the reader finds what the peer still said, then the end.
   */
  private void onWriteFailed(IOException failure) throws IOException {
    writeFailed = true;
    if (!Failures.isBrokenPipe(failure)) {
      machine.reset(Failures.text(failure));
    }
    if (isInputShutdown() && !connection.isOpen()) {
      // The end was read before there was a request that it could have failed: only we can.
      throw failure;
    }
  }
}
