package dev.echosounder.ws;

/**
 * One frame as it stood on the wire (RFC 6455 §5.2), unmasked.
 *
 * @param fin whether it is the last frame of its message
 * @param rsv the three reserved bits: 4 is RSV1 (compressed, RFC 7692 §6), 2 is RSV2, 1 is RSV3
 * @param length the payload's length in bytes, as on the wire (compressed if RSV1 is set)
 * @param excerpt the payload's first bytes; a close frame's is always whole
 */
public record Frame(Opcode opcode, boolean fin, int rsv, long length, Bytes excerpt) {
  /** How much of a data frame's payload a timeline keeps, in bytes. A close frame fits whole. */
  public static final int EXCERPT_BYTES = 125;

  /** Whether the payload is compressed (RSV1, RFC 7692 §6). */
  public boolean compressed() {
    return (rsv & 4) != 0;
  }

  /** Whether the excerpt is the whole payload. */
  public boolean whole() {
    return excerpt.size() == length;
  }

  /** A close frame's status code, or 1005 (RFC 6455 §7.1.5) if it has none. */
  public int closeCode() {
    return excerpt.size() < 2 ? CloseCode.NO_STATUS : excerpt.at(0) << 8 | excerpt.at(1);
  }

  /** A close frame's reason; empty if it has none. */
  public String closeReason() {
    return excerpt.size() <= 2 ? "" : excerpt.slice(2, excerpt.size()).asUtf8();
  }
}
