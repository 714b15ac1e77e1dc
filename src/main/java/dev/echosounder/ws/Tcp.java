package dev.echosounder.ws;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What lies below the frames of one connection: raw bytes, FIN, and TCP's flow. For trying what a
 * peer does with what no library would do. Thread-safe.
 */
public final class Tcp {
  private static final Duration PAUSE = Duration.ofMillis(2);
  private static final int TRIES = 5_000;

  private final Connection connection;

  /** Set when TCP is connected; a later address of the same attempt replaces it. */
  private volatile @Nullable WireEndPoint wire;

  Tcp(Connection connection) {
    this.connection = connection;
  }

  /**
   * Writes these bytes as they are, unmasked and unchecked; over TLS, encrypted. They go between
   * the frames of messages, not into one. Fails if the peer has not read them within 10 s.
   *
   * @return completes when the bytes are with the kernel, exceptionally if that failed or the
   *     connection is not open
   */
  public CompletableFuture<Void> send(Bytes bytes) {
    Outbound open = connection.outbound();
    if (open == null) {
      return connection.notOpen();
    }
    CompletableFuture<Void> sent = new CompletableFuture<>();
    begin(open, bytes, sent, TRIES);
    return sent;
  }

  /** Not in the middle of a frame of which the kernel has taken but a part. */
  private void begin(Outbound open, Bytes bytes, CompletableFuture<Void> sent, int tries) {
    if (unwrittenBytes() > 0 && tries > 0) {
      connection.after(PAUSE, () -> begin(open, bytes, sent, tries - 1));
    } else {
      connection.record(new Event.SentRaw(connection.now(), bytes));
      write(open, bytes.toBuffer(), sent, tries);
    }
  }

  private void write(Outbound open, ByteBuffer rest, CompletableFuture<Void> sent, int tries) {
    try {
      if (open.raw(rest)) {
        sent.complete(null);
      } else if (tries > 0) {
        connection.after(PAUSE, () -> write(open, rest, sent, tries - 1));
      } else {
        throw new IOException(
            "the peer does not read: " + rest.remaining() + " raw bytes are unwritten");
      }
    } catch (IOException e) {
      sent.completeExceptionally(e);
    }
  }

  /**
   * Ends our direction of TCP (over TLS, with close_notify), after a close frame or without one;
   * what the peer sends is still read. Does nothing unless it is open.
   */
  public void sendFin() {
    Outbound open = connection.outbound();
    if (open != null) {
      connection.record(new Event.SentFin(connection.now()));
      open.fin();
    }
  }

  /**
   * Stops reading: what the peer sends fills the kernel's buffers, then its own. Until reading is
   * resumed, or the connection closed by us, not even its end is seen.
   */
  public void pauseReading() {
    WireEndPoint open = wire;
    if (open != null) {
      open.gate().close();
    }
  }

  /**
   * Reads no more than so many bytes a second, of TLS the encrypted ones: what the peer sends above
   * that waits in the kernel's buffers, which first take some megabytes, then in its own.
   *
   * @param bytesPerSecond 1 or more
   */
  public void readAtMost(int bytesPerSecond) {
    if (bytesPerSecond < 1) {
      throw new IllegalArgumentException(
          "expected 1 byte a second or more, got %d; to read nothing, pause"
              .formatted(bytesPerSecond));
    }
    WireEndPoint open = wire;
    if (open != null) {
      open.gate().throttle(bytesPerSecond);
    }
  }

  /** Reads on at will after {@link #pauseReading()} or {@link #readAtMost(int)}. */
  public void resumeReading() {
    WireEndPoint open = wire;
    if (open != null) {
      open.gate().open();
    }
  }

  /** How many bytes of the write under way the kernel has not taken, because the peer is slow. */
  public long unwrittenBytes() {
    WireEndPoint open = wire;
    return open == null ? 0 : open.pending();
  }

  void onConnected(WireEndPoint connected) {
    wire = connected;
  }
}
