package dev.echosounder.peer;

import java.nio.charset.StandardCharsets;

/** A whole text or binary message, uncompressed; the bytes are not copied, nobody changes them. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Message(boolean text, byte[] payload) {
  static Message text(String text) {
    return new Message(true, text.getBytes(StandardCharsets.UTF_8));
  }

  int opcode() {
    return text ? Frame.TEXT : Frame.BINARY;
  }

  /** A text message gets the prefix; a binary one goes back byte for byte. */
  Message prefixed(String prefix) {
    if (!text || prefix.isEmpty()) {
      return this;
    }
    return text(prefix + new String(payload, StandardCharsets.UTF_8));
  }
}
