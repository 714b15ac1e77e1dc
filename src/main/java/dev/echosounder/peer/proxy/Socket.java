package dev.echosounder.peer.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** One of the two sockets of a relay. Confined to the loop's thread. */
final class Socket {
  /** What a relay does with what it hears. */
  interface Ears {
    /** Takes bytes out of the buffer; those left are offered again once reading goes on. */
    void received(ByteBuffer bytes);

    /** The other end's FIN or RST, once. */
    void ended(boolean reset);

    /** All that was queued is with the kernel. */
    void drained();

    /** TCP is open, or could not be. */
    void connected(@Nullable IOException failure);
  }

  private static final int BUFFER = 16 * 1024;

  /** Beyond it, whoever feeds this socket has to wait. */
  private static final long HIGH_WATER = 256 * 1024;

  private final SocketChannel channel;
  private final SelectionKey key;
  private final Ears ears;
  private final ByteBuffer input = ByteBuffer.allocate(BUFFER);
  private final Deque<ByteBuffer> output = new ArrayDeque<>();
  private long queued;
  private boolean connecting;
  private boolean reading;

  /** What is offered may make the receiver ask for more: not while the buffer is turned. */
  private boolean offering;

  private boolean inputOver;
  private boolean finWanted;
  private boolean closed;

  Socket(Loop loop, SocketChannel channel, boolean connecting, Ears ears) {
    this.channel = channel;
    this.connecting = connecting;
    this.ears = ears;
    this.key = loop.register(channel, connecting ? SelectionKey.OP_CONNECT : 0, this::ready);
  }

  private void ready() {
    if (connecting) {
      connect();
      return;
    }
    if (key.isWritable()) {
      flush();
    }
    if (!closed && key.isValid() && key.isReadable()) {
      fill();
    }
    interest();
  }

  private void connect() {
    connecting = false;
    IOException failure = null;
    try {
      channel.finishConnect();
    } catch (IOException e) {
      failure = e;
    }
    ears.connected(failure);
    interest();
  }

  private void fill() {
    boolean reset = false;
    int read;
    try {
      read = channel.read(input);
    } catch (IOException e) {
      read = -1;
      reset = true;
    }
    offer();
    if (read < 0) {
      inputOver = true;
      ears.ended(reset);
    }
  }

  /** Offers what was read and not yet taken, even if that is nothing. */
  private void offer() {
    if (offering) {
      return;
    }
    offering = true;
    int before;
    do {
      before = input.position();
      input.flip();
      ears.received(input);
      input.compact();
    } while (reading && input.position() > 0 && input.position() < before);
    offering = false;
  }

  /** Whether it reads; what waits in the buffer is offered when it begins to. */
  void reading(boolean on) {
    if (reading == on || closed) {
      return;
    }
    reading = on;
    if (on) {
      offer();
    }
    interest();
  }

  boolean full() {
    return queued > HIGH_WATER;
  }

  boolean drained() {
    return output.isEmpty();
  }

  /** Queues a copy. */
  void send(ByteBuffer bytes) {
    if (closed || finWanted || !bytes.hasRemaining()) {
      bytes.position(bytes.limit());
      return;
    }
    ByteBuffer copy = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    queued += copy.remaining();
    output.add(copy);
    flush();
    interest();
  }

  private void flush() {
    try {
      while (!output.isEmpty()) {
        ByteBuffer next = output.element();
        queued -= channel.write(next);
        if (next.hasRemaining()) {
          return;
        }
        output.remove();
      }
      if (finWanted) {
        channel.shutdownOutput();
      }
    } catch (IOException e) {
      // Whether it was a RST or our own close, reading will tell.
      output.clear();
      queued = 0;
    }
    ears.drained();
  }

  /** FIN after what is queued. */
  void fin() {
    finWanted = true;
    if (!closed) {
      flush();
      interest();
    }
  }

  /** RST, whatever is queued. */
  void reset() {
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      // It is closed already, and nobody is left to be told.
      closed = true;
    }
    close();
  }

  void close() {
    closed = true;
    output.clear();
    queued = 0;
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean closed() {
    return closed;
  }

  private void interest() {
    if (closed || connecting || !key.isValid()) {
      return;
    }
    int read = reading && !inputOver && input.hasRemaining() ? SelectionKey.OP_READ : 0;
    key.interestOps(read | (output.isEmpty() ? 0 : SelectionKey.OP_WRITE));
  }
}
