package dev.echosounder.ws;

import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Follows the heads of frames through the bytes of one direction, to find a length that is written
 * in more bytes than it needs. RFC 6455 §5.2: "the minimal number of bytes MUST be used"; the
 * library takes any. Used by the thread that reads, one at a time.
 */
final class FrameHeads {
  private static final int MASK_BIT = 0x80;
  private static final int LENGTH_BITS = 0x7f;
  private static final int IN_TWO_BYTES = 126;
  private static final int IN_EIGHT_BYTES = 127;

  private final ByteBuffer head = ByteBuffer.allocate(10);

  /** What is left of the frame whose head has been seen: its mask and its payload. */
  private long rest;

  private @Nullable String fault;

  /** What was found; null as long as all is well. */
  @Nullable String fault() {
    return fault;
  }

  /**
   * Looks at the bytes from {@code from} to {@code to}, which follow those of the last call.
   *
   * @return where the frame with a fault begins, {@code from} if that was earlier; {@code to} if
   *     there is none
   */
  int sound(ByteBuffer bytes, int from, int to) {
    int start = from;
    for (int at = from; at < to; ) {
      if (rest > 0) {
        long skipped = Math.min(rest, to - at);
        rest -= skipped;
        at += (int) skipped;
        continue;
      }
      if (head.position() == 0) {
        start = at;
      }
      head.put(bytes.get(at++));
      if (isWhole() && !isMinimal()) {
        return start;
      }
    }
    return to;
  }

  private boolean isWhole() {
    int extended =
        switch (length()) {
          case IN_TWO_BYTES -> 2;
          case IN_EIGHT_BYTES -> 8;
          default -> 0;
        };
    return head.position() >= 2 && head.position() == 2 + extended;
  }

  private int length() {
    return head.get(1) & LENGTH_BITS;
  }

  /** Reads the head that is whole, and makes ready for the next. */
  private boolean isMinimal() {
    int bits = length() < IN_TWO_BYTES ? 7 : length() == IN_TWO_BYTES ? 16 : 64;
    long length =
        switch (bits) {
          case 16 -> head.getShort(2) & 0xffffL;
          case 64 -> head.getLong(2);
          default -> length();
        };
    // A length with its highest bit set is found by the library, which then reads no more.
    boolean minimal = bits == 7 || length < 0 || length > (bits == 16 ? 125 : 0xffff);
    rest = Math.max(0, length) + ((head.get(1) & MASK_BIT) == 0 ? 0 : 4);
    head.clear();
    fault =
        minimal
            ? null
            : String.format(
                Locale.ROOT,
                "the length %d in %d bits, not in the fewest that hold it (RFC 6455 §5.2)",
                length,
                bits);
    return minimal;
  }
}
