package dev.echosounder.ws;

import java.util.Locale;

/** What a frame carries (RFC 6455 §5.2). The opcode, not the payload, decides the data type. */
public enum Opcode {
  CONTINUATION(0x0),
  TEXT(0x1),
  BINARY(0x2),
  CLOSE(0x8),
  PING(0x9),
  PONG(0xA);

  private final int code;

  Opcode(int code) {
    this.code = code;
  }

  /** The four bits on the wire. */
  public int code() {
    return code;
  }

  /** Whether frames of this opcode make up messages: text, binary and their continuations. */
  public boolean isData() {
    return code < 0x8;
  }

  /** The name in transcripts, labels and steps: {@code text}, {@code binary}, {@code ping}… */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The opcode of these four bits.
   *
   * @throws IllegalArgumentException for a reserved opcode
   */
  public static Opcode of(int code) {
    for (Opcode opcode : values()) {
      if (opcode.code == code) {
        return opcode;
      }
    }
    throw new IllegalArgumentException("reserved opcode 0x" + Integer.toHexString(code));
  }
}
