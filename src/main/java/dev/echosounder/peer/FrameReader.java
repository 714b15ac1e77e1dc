package dev.echosounder.peer;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Cuts a client's byte stream into frames and holds it to RFC 6455 §5. Owned by one connection,
 * used in its serial order. After a violation it discards everything.
 */
final class FrameReader {
  /** Told of each frame, or once of the violation that ended the stream. */
  interface Sink {
    void frame(Frame frame);

    void violation(int code, String reason);
  }

  private static final int FIRST_ALLOCATION = 64 * 1024;
  private final Sink sink;
  private final long limit;
  private final boolean compression;
  private final ByteBuffer head = ByteBuffer.allocate(14);
  private byte[] payload = new byte[0];
  private long length = -1;
  private int filled;
  private boolean stopped;

  FrameReader(Sink sink, long limit, boolean compression) {
    this.sink = sink;
    this.limit = limit;
    this.compression = compression;
  }

  void read(ByteBuffer in) {
    while (!stopped && (in.hasRemaining() || length == 0)) {
      if (length < 0) {
        readHead(in);
      } else {
        readPayload(in);
      }
    }
    in.position(in.limit());
  }

  void stop() {
    stopped = true;
  }

  private void readHead(ByteBuffer in) {
    head.put(in.get());
    if (head.position() == 2) {
      checkFirstBytes();
    }
    if (!stopped && head.position() >= 2 && head.position() == headLength()) {
      startPayload();
    }
  }

  private int headLength() {
    int announced = head.get(1) & 0x7F;
    return 6 + (announced == 126 ? 2 : announced == 127 ? 8 : 0);
  }

  private void checkFirstBytes() {
    int opcode = head.get(0) & 0x0F;
    int rsv = head.get(0) & 0x70;
    boolean control = (opcode & 0x8) != 0;
    boolean compressed = compression && !control && opcode != Frame.CONTINUATION;
    if ((rsv & ~(compressed ? Frame.RSV1 : 0)) != 0) {
      violation(1002, "reserved bit set");
    } else if ((opcode > Frame.BINARY && opcode < Frame.CLOSE) || opcode > Frame.PONG) {
      violation(1002, "reserved opcode " + opcode);
    } else if ((head.get(1) & 0x80) == 0) {
      violation(1002, "frame not masked");
    } else if (control && (head.get(0) & 0x80) == 0) {
      violation(1002, "fragmented control frame");
    } else if (control && (head.get(1) & 0x7F) > 125) {
      violation(1002, "control frame too long");
    }
  }

  private void startPayload() {
    int announced = head.get(1) & 0x7F;
    length =
        announced == 127
            ? head.getLong(2)
            : announced == 126 ? head.getShort(2) & 0xFFFF : announced;
    filled = 0;
    if (length < 0) {
      violation(1002, "frame length with its highest bit set");
    } else if (announced > 125 && length <= (announced == 126 ? 125 : 0xFFFF)) {
      violation(1002, "frame length in more bytes than it needs");
    } else if (length > limit) {
      violation(1009, "frame larger than " + limit + " bytes");
    } else {
      payload = new byte[(int) Math.min(length, FIRST_ALLOCATION)];
    }
  }

  private void readPayload(ByteBuffer in) {
    int wanted = (int) Math.min(in.remaining(), length - filled);
    if (filled + wanted > payload.length) {
      // Grown as bytes arrive: an announced length alone must not cost memory.
      int grown = (int) Math.min(length, Math.max(filled + wanted, payload.length * 2L));
      payload = Arrays.copyOf(payload, grown);
    }
    in.get(payload, filled, wanted);
    filled += wanted;
    if (filled == length) {
      finish();
    }
  }

  private void finish() {
    int mask = head.position() - 4;
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= head.get(mask + (i & 3));
    }
    int first = head.get(0);
    byte[] done = payload;
    payload = new byte[0];
    length = -1;
    head.clear();
    sink.frame(new Frame((first & 0x80) != 0, first & 0x70, first & 0x0F, done));
  }

  private void violation(int code, String reason) {
    stopped = true;
    sink.violation(code, reason);
  }
}
