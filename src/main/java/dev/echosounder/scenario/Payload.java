package dev.echosounder.scenario;

import dev.echosounder.ws.Bytes;
import dev.echosounder.ws.Message;
import dev.echosounder.ws.Opcode;

/**
 * What a message says, apart from when: text and binary with the same bytes differ.
 *
 * @param bytes the payload; a text's in UTF-8
 */
record Payload(Opcode opcode, Bytes bytes) {
  private static final int SHOWN_CHARACTERS = 120;
  private static final int SHOWN_BYTES = 40;

  static Payload text(String text) {
    return new Payload(Opcode.TEXT, Bytes.utf8(text));
  }

  static Payload binary(Bytes bytes) {
    return new Payload(Opcode.BINARY, bytes);
  }

  static Payload of(Message message) {
    if (message instanceof Message.Text text) {
      return text(text.text());
    }
    if (message instanceof Message.Binary binary) {
      return binary(binary.bytes());
    }
    throw new IllegalArgumentException("not a data message: " + message);
  }

  /** For what compares: the same without this room's way to say it. */
  dev.echosounder.check.Payload plain() {
    return new dev.echosounder.check.Payload(opcode, bytes);
  }

  boolean isText() {
    return opcode == Opcode.TEXT;
  }

  String asText() {
    return bytes.asUtf8();
  }

  @Override
  public String toString() {
    if (bytes.size() == 0) {
      return isText() ? "an empty text" : "an empty binary message";
    }
    if (isText()) {
      String text = asText();
      return text.length() <= SHOWN_CHARACTERS
          ? "the text \"" + text + "\""
          : "the text \"%s…\" of %d characters"
              .formatted(text.substring(0, SHOWN_CHARACTERS), text.length());
    }
    return bytes.size() <= SHOWN_BYTES
        ? "the bytes " + bytes.toHex()
        : "the bytes %s … (%d in all)".formatted(bytes.slice(0, SHOWN_BYTES).toHex(), bytes.size());
  }
}
