package dev.echosounder.peer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** One frame (RFC 6455 §5.2), unmasked; whether it makes sense is not its business. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Frame(boolean fin, int rsv, int opcode, byte[] payload) {
  static final int CONTINUATION = 0x0;
  static final int TEXT = 0x1;
  static final int BINARY = 0x2;
  static final int CLOSE = 0x8;
  static final int PING = 0x9;
  static final int PONG = 0xA;
  static final int RSV1 = 0x40;

  static Frame of(int opcode, byte[] payload) {
    return new Frame(true, 0, opcode, payload);
  }

  /** A close frame; code 1005 stands for no body at all (§7.1.5). */
  static Frame close(int code, String reason) {
    if (code == 1005) {
      return of(CLOSE, new byte[0]);
    }
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    return of(CLOSE, ByteBuffer.allocate(2 + text.length).putShort((short) code).put(text).array());
  }

  boolean control() {
    return (opcode & 0x8) != 0;
  }

  /** The bytes on the wire, as a server sends them. */
  byte[] bytes() {
    int length = payload.length;
    int extended = length < 126 ? 0 : length < 65536 ? 2 : 8;
    ByteBuffer out = ByteBuffer.allocate(2 + extended + length);
    out.put((byte) ((fin ? 0x80 : 0) | rsv | opcode));
    switch (extended) {
      case 0 -> out.put((byte) length);
      case 2 -> out.put((byte) 126).putShort((short) length);
      default -> out.put((byte) 127).putLong(length);
    }
    return out.put(payload).array();
  }
}
