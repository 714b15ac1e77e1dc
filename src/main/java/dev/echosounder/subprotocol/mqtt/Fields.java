package dev.echosounder.subprotocol.mqtt;

import dev.echosounder.ws.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Reads the data types of MQTT (5 §1.5) from one packet's body.
 *
 * <p>Each method throws {@link IllegalArgumentException} if the body is too short or malformed.
 */
final class Fields {
  private final ByteBuffer in;

  Fields(ByteBuffer in) {
    this.in = in;
  }

  boolean hasMore() {
    return in.hasRemaining();
  }

  int one() {
    return need(1).get() & 0xff;
  }

  int two() {
    return need(2).getShort() & 0xffff;
  }

  /** A packet identifier, which is never 0 (§2.2.1). */
  int identifier() {
    int id = two();
    if (id == 0) {
      throw new IllegalArgumentException("a packet identifier is never 0");
    }
    return id;
  }

  /** A variable byte integer of one to four bytes. */
  int variable() {
    int value = 0;
    for (int shift = 0; shift < 28; shift += 7) {
      int next = one();
      value |= (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new IllegalArgumentException("a length of more than four bytes");
  }

  String text() {
    ByteBuffer bytes = slice(two());
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      if (text.indexOf('\0') >= 0) {
        throw new IllegalArgumentException("a string with U+0000");
      }
      return text;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a string that is not UTF-8", e);
    }
  }

  Bytes rest() {
    ByteBuffer rest = slice(in.remaining());
    return Bytes.copyOf(rest, rest.remaining());
  }

  /** The properties of MQTT 5 (§2.2.2), of which this has their types only. */
  List<Packet.Property> properties() {
    Fields all = new Fields(slice(variable()));
    List<Packet.Property> properties = new ArrayList<>();
    while (all.hasMore()) {
      int id = all.variable();
      properties.add(new Packet.Property(id, all.property(id)));
    }
    return properties;
  }

  private String property(int id) {
    return switch (id) {
      case 0x01, 0x17, 0x19, 0x24, 0x25, 0x28, 0x29, 0x2a -> Integer.toString(one());
      case 0x13, 0x21, 0x22, 0x23 -> Integer.toString(two());
      case 0x02, 0x11, 0x18, 0x27 -> Integer.toUnsignedString(need(4).getInt());
      case 0x0b -> Integer.toString(variable());
      case 0x03, 0x08, 0x12, 0x15, 0x1a, 0x1c, 0x1f -> text();
      case 0x09, 0x16 -> {
        ByteBuffer data = slice(two());
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        yield HexFormat.of().formatHex(bytes);
      }
      case 0x26 -> text() + " = " + text();
      default -> throw new IllegalArgumentException("there is no property 0x%02x".formatted(id));
    };
  }

  private ByteBuffer slice(int length) {
    need(length);
    ByteBuffer slice = in.slice(in.position(), length);
    in.position(in.position() + length);
    return slice;
  }

  private ByteBuffer need(int bytes) {
    if (in.remaining() < bytes) {
      throw new IllegalArgumentException(
          "a packet that ends %d bytes too early".formatted(bytes - in.remaining()));
    }
    return in;
  }
}
