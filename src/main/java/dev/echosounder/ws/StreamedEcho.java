package dev.echosounder.ws;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32C;

/**
 * One binary message of any size, sent and received back without ever being in memory: it is
 * generated while it is sent, in fragments, and what comes is counted and checked by CRC-32C. The
 * endpoint must echo as it reads, as most do not: many keep a message until it is whole.
 *
 * <p>What went is read by the sending thread, what came by the I/O thread; {@link #sent} and {@link
 * #received} may be asked from any thread.
 */
public final class StreamedEcho {
  /** Large enough that frames cost nothing, small enough for every server. */
  public static final int DEFAULT_FRAGMENT = 64 * 1024;

  /** Incompressible, the same every time. */
  private static final long SEED = 0x5EED;

  /**
   * A part of the message.
   *
   * @param bytes how many
   * @param crc32c their CRC-32C (RFC 3720 §B.4)
   */
  public record Part(long bytes, long crc32c) {
    @Override
    public String toString() {
      return "%,d bytes (CRC-32C %08x)".formatted(bytes, crc32c);
    }
  }

  private final Connection connection;
  private final Meter out = new Meter();
  private final Meter in = new Meter();
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final long startNanos;

  /** Written by the I/O thread before {@link #done} completes. */
  private volatile long endNanos;

  private StreamedEcho(Connection connection) {
    this.connection = connection;
    this.startNanos = connection.now();
  }

  /**
   * Starts, and returns at once.
   *
   * @param size of the message, in bytes; at least 1
   * @param fragment payload bytes of a frame; at least 1
   * @throws IllegalStateException if the connection is not open
   */
  public static StreamedEcho start(Connection connection, long size, int fragment) {
    if (size < 1 || fragment < 1) {
      throw new IllegalArgumentException(
          "expected at least 1 byte in fragments of at least 1, got %d in %d"
              .formatted(size, fragment));
    }
    StreamedEcho echo = new StreamedEcho(connection);
    connection.receiveNext(echo::received);
    connection.stream(Opcode.BINARY, echo.new Generated(size, fragment))
        .whenComplete((sent, failure) -> echo.failIf(failure));
    connection
        .ended()
        .thenAccept(
            ending ->
                echo.done.completeExceptionally(
                    new IllegalStateException("the connection ended: " + ending)));
    return echo;
  }

  private void failIf(Throwable failure) {
    // A write fails because the connection ends, and its ending tells more.
    if (failure != null && connection.isOpen() && connection.ending().isEmpty()) {
      connection.ended().thenRun(() -> done.completeExceptionally(failure));
    }
  }

  private void received(ByteBuffer piece, boolean last) {
    in.add(piece);
    if (last) {
      endNanos = connection.now();
      done.complete(null);
    }
  }

  /**
   * Completes when the message has come back whole, right or wrong; exceptionally if the connection
   * ended before.
   */
  public CompletableFuture<Void> done() {
    return done.copy();
  }

  /** What was handed to the socket so far. */
  public Part sent() {
    return out.part();
  }

  /** What came back so far. */
  public Part received() {
    return in.part();
  }

  /** From the first fragment sent to the last received; to now while it is under way. */
  public Duration took() {
    return Duration.ofNanos((endNanos == 0 ? connection.now() : endNanos) - startNanos);
  }

  /** Counts what passes. Written by one thread at a time. */
  private static final class Meter {
    private final CRC32C crc = new CRC32C();
    private long bytes;

    synchronized void add(ByteBuffer piece) {
      bytes += piece.remaining();
      crc.update(piece);
    }

    synchronized Part part() {
      return new Part(bytes, crc.getValue());
    }
  }

  private final class Generated implements Iterator<Bytes> {
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final int fragment;
    private long left;

    Generated(long size, int fragment) {
      this.left = size;
      this.fragment = fragment;
    }

    @Override
    public boolean hasNext() {
      return left > 0;
    }

    @Override
    public Bytes next() {
      if (left == 0) {
        throw new NoSuchElementException();
      }
      byte[] next = new byte[(int) Math.min(fragment, left)];
      random.nextBytes(next);
      left -= next.length;
      out.add(ByteBuffer.wrap(next));
      return Bytes.of(next);
    }
  }
}
