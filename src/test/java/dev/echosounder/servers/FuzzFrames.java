package dev.echosounder.servers;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;

/**
 * What an end may send and what it may not, from a seed: mostly frames that RFC 6455 allows, so
 * that those it forbids come in every state. Not thread-safe.
 */
public final class FuzzFrames {
  private static final int FIN = 0x80;
  private static final int RSV1 = 0x40;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;

  private final Random random;
  private final boolean deflate;
  private final boolean masked;

  /** The opcode of the message of which fragments have been sent; 0 if none is under way. */
  private int open;

  /**
   * @param deflate whether some messages are compressed (RFC 7692)
   * @param masked as a client's frames are (RFC 6455 §5.3)
   */
  public FuzzFrames(Random random, boolean deflate, boolean masked) {
    this.random = random;
    this.deflate = deflate;
    this.masked = masked;
  }

  /** The next frame; once in a while it is damaged. */
  public byte[] next() {
    return random.nextInt(60) == 0 ? damaged(valid()) : valid();
  }

  /** A close frame as it should be. */
  public byte[] close() {
    return frame(FIN | CLOSE, new byte[] {0x03, (byte) 0xE8});
  }

  private byte[] valid() {
    int dice = random.nextInt(10);
    if (dice < 2) {
      return frame(FIN | (dice == 0 ? PING : PONG), bytes(random.nextInt(126)));
    }
    boolean last = random.nextInt(3) > 0;
    int first = open == 0 ? 1 + random.nextInt(2) : 0;
    boolean text = (open == 0 ? first : open) == 1;
    byte[] payload = text ? text(size()) : bytes(size());
    boolean packed = deflate && open == 0 && last && random.nextBoolean();
    open = last ? 0 : Math.max(open, first);
    return frame((last ? FIN : 0) | (packed ? RSV1 : 0) | first, packed ? pack(payload) : payload);
  }

  private int size() {
    int dice = random.nextInt(100);
    return dice < 90 ? random.nextInt(126) : dice < 99 ? random.nextInt(2_000) : 65_536;
  }

  private byte[] text(int size) {
    StringBuilder text = new StringBuilder();
    while (text.length() < size) {
      text.appendCodePoint("aé€😀\u0000".codePointAt(random.nextInt(4)));
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] pack(byte[] payload) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    deflater.setInput(payload);
    byte[] packed = new byte[payload.length + 64];
    int length = deflater.deflate(packed, 0, packed.length, Deflater.SYNC_FLUSH);
    deflater.end();
    return Arrays.copyOf(packed, Math.max(0, length - 4)); // RFC 7692 §7.2.1
  }

  private byte[] frame(int first, byte[] payload) {
    int mask = masked ? 0x80 : 0;
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 14).put((byte) first);
    if (payload.length < 126) {
      frame.put((byte) (mask | payload.length));
    } else if (payload.length < 65_536) {
      frame.put((byte) (mask | 126)).putShort((short) payload.length);
    } else {
      frame.put((byte) (mask | 127)).putLong(payload.length);
    }
    byte[] key = masked ? bytes(4) : new byte[0];
    frame.put(key);
    for (int i = 0; i < payload.length; i++) {
      frame.put((byte) (masked ? payload[i] ^ key[i % 4] : payload[i]));
    }
    return Arrays.copyOf(frame.array(), frame.position());
  }

  private byte[] damaged(byte[] frame) {
    return switch (random.nextInt(9)) {
      case 0 -> flipped(frame);
      case 1 -> Arrays.copyOf(frame, random.nextInt(frame.length));
      case 2 -> bytes(1 + random.nextInt(300));
      case 3 -> lengthOf(random.nextLong());
      case 4 -> frame(FIN | CLOSE, bytes(random.nextInt(126)));
      case 5 -> frame(FIN | random.nextInt(16), bytes(random.nextInt(400)));
      case 6 -> frame(random.nextInt(256), bytes(random.nextInt(200)));
      case 7 -> frame(FIN | RSV1 | 1, bytes(random.nextInt(200)));
      default -> twice(frame);
    };
  }

  private byte[] flipped(byte[] frame) {
    frame[random.nextInt(Math.min(frame.length, 14))] ^= (byte) (1 << random.nextInt(8));
    return frame;
  }

  private static byte[] lengthOf(long length) {
    return ByteBuffer.allocate(10).put((byte) (FIN | 2)).put((byte) 127).putLong(length).array();
  }

  private static byte[] twice(byte[] frame) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(frame);
    both.writeBytes(frame);
    return both.toByteArray();
  }
}
