package dev.echosounder.peer;

import java.util.HexFormat;

/** Bytes that no server may send (RFC 6455 §5, §7.4, §8.1), each wrong in one way. */
enum InvalidFrame {
  /** RSV2, which no extension defines (§5.2). */
  RESERVED_BITS("a1 02 6869"),
  RESERVED_OPCODE("83 02 6869"),
  RESERVED_CONTROL_OPCODE("8b 02 6869"),
  /** An overlong encoding of a slash (§8.1). */
  BAD_UTF8("81 02 c0af"),
  /** Text "hi" behind a mask, as only a client may (§5.1). */
  MASKED("81 82 01020304 696b"),
  /** A ping without FIN (§5.5). */
  FRAGMENTED_CONTROL("09 02 6869"),
  /** A ping of 126 bytes (§5.5). */
  LONG_CONTROL("89 7e 007e" + "61".repeat(126)),
  /** Two bytes announced with a 16-bit length (§5.2). */
  NON_MINIMAL_LENGTH("81 7e 0002 6869"),
  LONE_CONTINUATION("80 02 6869"),
  /** A new text message inside a fragmented one (§5.4). */
  INTERLEAVED("01 02 6869 81 02 6869"),
  CLOSE_ONE_BYTE("88 01 03"),
  /** A close frame with code 999 (§7.4.2). */
  CLOSE_BAD_CODE("88 02 03e7"),
  /** A 64-bit length with its highest bit set (§5.2). */
  HUGE_LENGTH("81 7f 8000000000000002 6869");

  private final String hex;

  InvalidFrame(String hex) {
    this.hex = hex.replace(" ", "");
  }

  byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }
}
