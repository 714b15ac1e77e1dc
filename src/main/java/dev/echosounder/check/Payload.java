package dev.echosounder.check;

import dev.echosounder.ws.Bytes;
import dev.echosounder.ws.Message;
import dev.echosounder.ws.Opcode;

/**
 * A message's type and content.
 *
 * @param opcode {@link Opcode#TEXT} or {@link Opcode#BINARY}
 * @param bytes a text's UTF-8
 */
public record Payload(Opcode opcode, Bytes bytes) {
  private static final int SHOWN = 60;

  /** A text message. */
  public static Payload text(String text) {
    return new Payload(Opcode.TEXT, Bytes.utf8(text));
  }

  /** A binary message. */
  public static Payload binary(Bytes bytes) {
    return new Payload(Opcode.BINARY, bytes);
  }

  /** A message's, or a pong's. */
  public static Payload of(Message message) {
    if (message instanceof Message.Text text) {
      return text(text.text());
    }
    if (message instanceof Message.Binary binary) {
      return binary(binary.bytes());
    }
    return new Payload(message.opcode(), ((Message.Pong) message).bytes());
  }

  /** What it says; for a binary message, what its bytes would say as UTF-8. */
  String text() {
    return bytes.asUtf8();
  }

  /** Type, size and the beginning, for a person: {@code text, 5 bytes "Hello"}. */
  @Override
  public String toString() {
    boolean text = opcode == Opcode.TEXT;
    String all = text ? bytes.asUtf8() : bytes.slice(0, Math.min(bytes.size(), SHOWN)).toHex();
    boolean cut = text ? all.length() > SHOWN : bytes.size() > SHOWN;
    String shown = text && cut ? all.substring(0, SHOWN) : all;
    String quote = text ? "\"" : "";
    return "%s, %d bytes %s%s%s%s"
        .formatted(opcode.label(), bytes.size(), quote, shown, quote, cut ? "…" : "");
  }
}
