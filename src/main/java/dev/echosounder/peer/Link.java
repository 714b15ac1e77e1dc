package dev.echosounder.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.util.thread.SerializedInvoker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One TCP (or TLS) connection, with everything a misbehaving server can do to it. All that happens
 * on it runs in one serial order ({@link #run}), on whichever thread comes, and never blocks; what
 * was sent during a task is flushed when the task is done.
 */
final class Link extends AbstractConnection {
  /** What the bytes mean at the moment: HTTP first, frames after the upgrade. */
  interface Receiver {
    /** Consumes all of the bytes. */
    void received(ByteBuffer bytes);

    /** The client's FIN or RST arrived, or writing failed; the link closes itself afterwards. */
    void ended(boolean reset);

    /** The peer shuts down. */
    void goingAway();
  }

  private enum Input {
    READING,
    DISCARDING,
    FROZEN
  }

  private static final Logger LOG = LoggerFactory.getLogger(Link.class);
  private static final int BUFFER = 16 * 1024;
  private static final long RESUME_BELOW = 256 * 1024;
  private static final long OVERFLOW = 256L * 1024 * 1024;
  private static final Duration LINGER = Duration.ofSeconds(10);

  private final Connector connector;
  private final Tally tally;
  private final SerializedInvoker invoker = new SerializedInvoker(Link.class);
  private final Wire wire;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private @Nullable Receiver receiver;
  private Input input = Input.READING;
  private boolean holding;
  private boolean inputEnded;
  private boolean finished;

  Link(EndPoint endPoint, Connector connector, Tally tally) {
    super(endPoint, connector.getExecutor());
    this.connector = connector;
    this.tally = tally;
    this.wire = new Wire(endPoint, this::run, cause -> run(() -> lost(true)));
  }

  void receiver(Receiver next) {
    receiver = next;
  }

  CompletableFuture<Void> closed() {
    return closed;
  }

  /** Runs a task in this link's serial order, now or after the one that is running. */
  void run(Runnable task) {
    invoker.run(
        () -> {
          task.run();
          wire.iterate();
        });
  }

  Scheduler.Task later(Duration delay, Runnable task) {
    return connector
        .getScheduler()
        .schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** As {@link #later}, called off when TCP ends first: a closed link must not be kept for it. */
  void unlessClosed(Duration delay, Runnable task) {
    Scheduler.Task scheduled = later(delay, task);
    closed.thenRun(scheduled::cancel);
  }

  void send(byte[] bytes) {
    if (finished) {
      return;
    }
    wire.add(bytes);
    if (wire.pending() > OVERFLOW) {
      resetNow();
    }
  }

  /** Bytes that the socket has not taken yet. */
  long pending() {
    return wire.pending();
  }

  void whenSent(Runnable action) {
    wire.whenSent(action);
  }

  /** No idle timeout from here on: a WebSocket outlives HTTP keep-alive. */
  void keepOpen() {
    getEndPoint().setIdleTimeout(0);
  }

  /** Reads on, to see the client's FIN, but ignores every byte. */
  void discard() {
    if (input == Input.READING) {
      input = Input.DISCARDING;
    }
  }

  /** From here on the client's FIN is not answered with ours. */
  void hold() {
    holding = true;
  }

  /** Sends what is queued, then neither reads nor writes again; TCP stays open. */
  void freeze() {
    input = Input.FROZEN;
    finished = true;
  }

  /** FIN after what is queued; then waits for the client's, else the kernel might send a RST. */
  void fin() {
    discard();
    finished = true;
    whenSent(
        () -> {
          getEndPoint().shutdownOutput();
          if (inputEnded) {
            getEndPoint().close();
          } else {
            unlessClosed(LINGER, getEndPoint()::close);
          }
        });
  }

  /** RST after what is queued. */
  void reset() {
    discard();
    finished = true;
    whenSent(this::resetNow);
  }

  /** RST, whatever is queued. */
  void resetNow() {
    finished = true;
    try {
      // The close of a registered channel is a RST only if the option is set on the bare socket.
      SocketChannel socket = (SocketChannel) tcp().getTransport();
      socket.setOption(StandardSocketOptions.SO_LINGER, 0);
      socket.close();
    } catch (ClosedChannelException e) {
      LOG.debug("the client was faster than the reset", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      getEndPoint().close();
    }
  }

  /** The bare end point, under TLS if there is any. */
  private TcpEndPoint tcp() {
    Object endPoint = getEndPoint();
    while (!(endPoint instanceof TcpEndPoint)) {
      endPoint = ((EndPoint) endPoint).getTransport();
    }
    return (TcpEndPoint) endPoint;
  }

  @Override
  public void onOpen() {
    super.onOpen();
    tally.links.add(this);
    fillInterested();
  }

  @Override
  public void onFillable() {
    run(this::read);
  }

  private void read() {
    RetainableByteBuffer pooled = connector.getByteBufferPool().acquire(BUFFER, true);
    try {
      ByteBuffer buffer = pooled.getByteBuffer();
      while (input != Input.FROZEN) {
        if (wire.pending() > RESUME_BELOW) {
          wire.whenSent(this::read);
          return;
        }
        BufferUtil.clear(buffer);
        int read = getEndPoint().fill(buffer);
        if (read <= 0) {
          if (read < 0) {
            lost(tcp().wasReset());
          } else {
            fillInterested();
          }
          return;
        }
        dispatch(buffer);
        wire.iterate();
      }
    } catch (IOException e) {
      lost(true);
    } finally {
      pooled.release();
    }
  }

  private void dispatch(ByteBuffer buffer) {
    // A receiver that hands over to another leaves it the rest of the bytes.
    while (buffer.hasRemaining() && input == Input.READING && receiver != null) {
      receiver.received(buffer);
    }
  }

  private void lost(boolean reset) {
    if (receiver != null) {
      receiver.ended(reset);
    }
    input = Input.FROZEN;
    inputEnded = true;
    if (reset || (finished && !holding)) {
      getEndPoint().close();
    } else if (!holding) {
      finished = true;
      // Answers already queued still reach a client that only shut down its output.
      whenSent(getEndPoint()::close);
    }
  }

  @Override
  public void onFillInterestedFailed(Throwable cause) {
    getEndPoint().close();
  }

  void goingAway() {
    run(
        () -> {
          if (receiver == null || input == Input.FROZEN) {
            getEndPoint().close();
          } else {
            receiver.goingAway();
          }
        });
  }

  @Override
  public void onClose(@Nullable Throwable cause) {
    super.onClose(cause);
    tally.links.remove(this);
    run(
        () -> {
          finished = true;
          if (receiver != null) {
            receiver.ended(cause != null);
          }
        });
    closed.complete(null);
  }
}
