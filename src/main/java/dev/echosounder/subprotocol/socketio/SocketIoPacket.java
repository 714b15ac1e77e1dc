package dev.echosounder.subprotocol.socketio;

import dev.echosounder.subprotocol.JsonText;
import dev.echosounder.ws.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One packet, of Socket.IO or of the Engine.IO below.
 *
 * @param namespace {@code /} unless another is named
 * @param id of an event that wants an acknowledgement, and of that; null if there is none
 * @param data null if there is none; bytes stand in it as placeholders
 * @param attachments the bytes, in the order of their placeholders
 */
record SocketIoPacket(
    Kind kind,
    String namespace,
    @Nullable Integer id,
    @Nullable JsonNode data,
    List<Bytes> attachments) {
  private static final Pattern SHAPE =
      Pattern.compile("([0-6])(?:(\\d{1,3})-)?(?:(/[^,]*),)?(\\d{1,9})?(.*)", Pattern.DOTALL);
  private static final Kind[] BY_NUMBER = {
    Kind.CONNECT, Kind.DISCONNECT, Kind.EVENT, Kind.ACK, Kind.CONNECT_ERROR, Kind.EVENT, Kind.ACK
  };

  /** What it is; a binary event is an event, and so with acknowledgements. */
  enum Kind {
    OPEN,
    PING,
    CONNECT,
    DISCONNECT,
    EVENT,
    ACK,
    CONNECT_ERROR
  }

  /** A packet whose {@code missing} attachments are still to come. */
  record Head(SocketIoPacket packet, int missing) {}

  SocketIoPacket {
    attachments = List.copyOf(attachments);
  }

  static SocketIoPacket engine(Kind kind, @Nullable JsonNode data) {
    return new SocketIoPacket(kind, "/", null, data, List.of());
  }

  /**
   * Reads what an Engine.IO message carries.
   *
   * @throws IllegalArgumentException if it is no packet, says why
   */
  static Head read(String text) {
    Matcher parts = SHAPE.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("\"" + text + "\", which is no packet");
    }
    int type = text.charAt(0) - '0';
    boolean binary = type >= 5;
    if (binary == (parts.group(2) == null)) {
      throw new IllegalArgumentException(
          "\"" + text + "\": binary packets, and no others, count their attachments");
    }
    String namespace = parts.group(3) == null ? "/" : parts.group(3);
    Integer id = parts.group(4) == null ? null : Integer.valueOf(parts.group(4));
    JsonNode data = parts.group(5).isEmpty() ? null : JsonText.parse(parts.group(5));
    Kind kind = BY_NUMBER[type];
    if (kind == Kind.EVENT && (data == null || !data.isArray() || !data.path(0).isString())) {
      throw new IllegalArgumentException("an event is an array that begins with its name: " + text);
    }
    if (kind == Kind.ACK && (id == null || data == null || !data.isArray())) {
      throw new IllegalArgumentException("an acknowledgement has an id and an array: " + text);
    }
    return new Head(
        new SocketIoPacket(kind, namespace, id, data, List.of()),
        binary ? Integer.parseInt(parts.group(2)) : 0);
  }

  /**
   * As an Engine.IO message, with {@code type}; its attachments follow as messages of their own.
   */
  String wire(int type) {
    StringBuilder text = new StringBuilder("4");
    text.append(attachments.isEmpty() ? type : type + 3);
    text.append(attachments.isEmpty() ? "" : attachments.size() + "-");
    text.append(namespace.equals("/") ? "" : namespace + ",");
    text.append(id == null ? "" : id);
    text.append(data == null ? "" : data);
    return text.toString();
  }

  SocketIoPacket with(Bytes attachment) {
    List<Bytes> all = new ArrayList<>(attachments);
    all.add(attachment);
    return new SocketIoPacket(kind, namespace, id, data, all);
  }

  boolean isEvent(String in, String name) {
    return kind == Kind.EVENT
        && namespace.equals(in)
        && data != null
        && data.path(0).stringValue().equals(name);
  }

  @Override
  public String toString() {
    String bytes = attachments.isEmpty() ? "" : " with the bytes " + attachments;
    String where = namespace.equals("/") ? "" : " in " + namespace;
    return kind + (data == null ? "" : " " + data) + where + bytes;
  }
}
