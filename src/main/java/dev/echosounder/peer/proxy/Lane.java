package dev.echosounder.peer.proxy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * One direction of a relay: an HTTP head, then frames, of which never more than a piece is kept.
 * Confined to the loop's thread.
 */
final class Lane {
  private enum Mode {
    /** Until the empty line that ends the HTTP head. */
    HEAD,
    /** What comes has to wait. */
    WAITING,
    FRAMES,
    /** No WebSocket: bytes. */
    RAW,
    /** Read, so that the end is seen, and ignored. */
    SWALLOW
  }

  private static final int HEAD_LIMIT = 64 * 1024;
  private static final int END_OF_HEAD = 0x0D0A0D0A;
  private static final int SLICES_A_SECOND = 20;

  private final Relay relay;
  private final Side from;
  private final Socket source;
  private final Socket sink;
  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private final FrameCursor cursor;
  private Mode mode = Mode.HEAD;
  private int lastFour;
  private boolean paused;

  Lane(Relay relay, Side from, Socket source, Socket sink) {
    this.relay = relay;
    this.from = from;
    this.source = source;
    this.sink = sink;
    this.cursor = new FrameCursor(this);
  }

  Side from() {
    return from;
  }

  Relay relay() {
    return relay;
  }

  /** Takes what it can. */
  void process(ByteBuffer in) {
    boolean progress = true;
    while (progress && !paused) {
      if (sink.full()) {
        source.reading(false);
        return;
      }
      progress =
          switch (mode) {
            case HEAD -> head(in);
            case WAITING -> stop();
            case FRAMES -> cursor.step(in);
            case RAW -> forward(in, in.remaining());
            case SWALLOW -> swallow(in);
          };
    }
  }

  private boolean stop() {
    source.reading(false);
    return false;
  }

  private static boolean swallow(ByteBuffer in) {
    in.position(in.limit());
    return false;
  }

  private boolean head(ByteBuffer in) {
    while (in.hasRemaining()) {
      byte next = in.get();
      head.write(next);
      lastFour = (lastFour << 8) | (next & 0xFF);
      if (lastFour == END_OF_HEAD) {
        mode = Mode.WAITING;
        relay.head(this, head.toString(StandardCharsets.ISO_8859_1));
        head.reset();
        return true;
      } else if (head.size() > HEAD_LIMIT) {
        relay.give();
        return false;
      }
    }
    return false;
  }

  /** Passes on {@code count} of the bytes, or as many as a throttle lets; false if none were. */
  boolean forward(ByteBuffer in, int count) {
    if (count == 0) {
      return false;
    }
    long rate = relay.faults().bytesPerSecond(from);
    int some = rate == 0 ? count : (int) Math.min(count, Math.max(1, rate / SLICES_A_SECOND));
    ByteBuffer slice = in.slice(in.position(), some);
    in.position(in.position() + some);
    sink.send(slice);
    if (rate != 0) {
      pause(Duration.ofNanos(TimeUnit.SECONDS.toNanos(some) / rate));
    }
    return true;
  }

  /** Passes on all of it, whatever a throttle says. */
  void send(ByteBuffer bytes) {
    sink.send(bytes);
  }

  /** Takes nothing for so long. */
  void pause(Duration time) {
    paused = true;
    source.reading(false);
    relay.after(
        time,
        () -> {
          paused = false;
          resume();
        });
  }

  /** What held it up may be over. */
  void resume() {
    if (!paused && !sink.full()) {
      source.reading(true);
    }
  }

  void frames() {
    mode = Mode.FRAMES;
    resume();
  }

  void raw() {
    mode = Mode.RAW;
    resume();
  }

  /** From here on nothing is passed on; the end is still seen. */
  void swallow() {
    mode = Mode.SWALLOW;
    paused = false;
    source.reading(true);
  }
}
