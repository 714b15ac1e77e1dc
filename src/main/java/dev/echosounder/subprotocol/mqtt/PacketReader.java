package dev.echosounder.subprotocol.mqtt;

import dev.echosounder.ws.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cuts what a server sends into packets. A WebSocket message may hold part of a packet, or several
 * (MQTT 5 §6). Not thread-safe.
 */
final class PacketReader {
  /** Of a packet; MQTT itself would allow 256 MiB. */
  private static final int MOST_BYTES = 16 << 20;

  private static final int LONGEST_HEADER = 5;

  private final MqttVersion version;
  private byte[] pending = new byte[0];

  PacketReader(MqttVersion version) {
    this.version = version;
  }

  /**
   * The packets that are whole now.
   *
   * @throws IllegalArgumentException if one breaks MQTT, says how
   */
  List<Packet> read(Bytes more) {
    ByteArrayOutputStream all = new ByteArrayOutputStream(pending.length + more.size());
    all.writeBytes(pending);
    all.writeBytes(more.toArray());
    ByteBuffer in = ByteBuffer.wrap(all.toByteArray());
    List<Packet> packets = new ArrayList<>();
    Optional<Packet> next = next(in);
    while (next.isPresent()) {
      packets.add(next.get());
      next = next(in);
    }
    pending = new byte[in.remaining()];
    in.get(pending);
    return packets;
  }

  private Optional<Packet> next(ByteBuffer in) {
    ByteBuffer header = in.duplicate();
    if (header.remaining() < 2 || !lengthIsWhole(header)) {
      return Optional.empty();
    }
    int first = header.get() & 0xff;
    int length = new Fields(header).variable();
    if (length > MOST_BYTES) {
      throw new IllegalArgumentException(
          "a packet of %d bytes: more than %d are not read".formatted(length, MOST_BYTES));
    }
    if (header.remaining() < length) {
      return Optional.empty();
    }
    ByteBuffer body = header.slice(header.position(), length);
    in.position(header.position() + length);
    Fields fields = new Fields(body);
    Packet packet = packet(first >> 4, first & 0xf, fields);
    if (fields.hasMore()) {
      throw new IllegalArgumentException("a packet that is too long: " + packet);
    }
    return Optional.of(packet);
  }

  private static boolean lengthIsWhole(ByteBuffer header) {
    int end = Math.min(header.limit(), header.position() + LONGEST_HEADER);
    for (int i = header.position() + 1; i < end; i++) {
      if (header.get(i) >= 0) {
        return true;
      }
    }
    return header.remaining() >= LONGEST_HEADER;
  }

  private Packet packet(int type, int flags, Fields in) {
    int expected = type == 3 ? flags : type == 6 ? 2 : 0;
    if (flags != expected) {
      throw new IllegalArgumentException(
          "a packet of type %d with the reserved flags %d".formatted(type, flags));
    }
    return switch (type) {
      case 2 -> connAck(in);
      case 3 -> publish(flags, in);
      case 4 -> ack(Packet.AckKind.PUBACK, in);
      case 5 -> ack(Packet.AckKind.PUBREC, in);
      case 6 -> ack(Packet.AckKind.PUBREL, in);
      case 7 -> ack(Packet.AckKind.PUBCOMP, in);
      case 9 -> subAck(false, in);
      case 11 -> subAck(true, in);
      case 13 -> new Packet.PingResp();
      case 14 -> disconnect(in);
      default ->
          throw new IllegalArgumentException("a packet of type %d from a server".formatted(type));
    };
  }

  private Packet connAck(Fields in) {
    int flags = in.one();
    if (flags > 1) {
      throw new IllegalArgumentException("a CONNACK with the reserved flags " + flags);
    }
    int code = in.one();
    return version == MqttVersion.V5
        ? new Packet.ConnAck(flags == 1, code, in.properties())
        : new Packet.ConnAck(flags == 1, Reason.ofReturnCode(code), List.of());
  }

  private Packet publish(int flags, Fields in) {
    int qos = flags >> 1 & 3;
    if (qos == 3) {
      throw new IllegalArgumentException("a PUBLISH with QoS 3");
    }
    String topic = in.text();
    if (topic.contains("+") || topic.contains("#")) {
      throw new IllegalArgumentException("a PUBLISH to the wildcard \"" + topic + "\"");
    }
    int id = qos == 0 ? 0 : in.identifier();
    List<Packet.Property> properties = properties(in);
    return new Packet.Publish(
        topic, in.rest(), qos, (flags & 1) != 0, (flags & 8) != 0, id, properties);
  }

  /** In MQTT 5, success may leave out the reason, and no properties their length. */
  private Packet ack(Packet.AckKind kind, Fields in) {
    int id = in.identifier();
    int reason = version == MqttVersion.V5 && in.hasMore() ? in.one() : 0;
    return new Packet.Ack(kind, id, reason, in.hasMore() ? properties(in) : List.of());
  }

  private Packet subAck(boolean unsubscribed, Fields in) {
    int id = in.identifier();
    List<Packet.Property> properties = properties(in);
    List<Integer> reasons = new ArrayList<>();
    while (in.hasMore()) {
      reasons.add(in.one());
    }
    return new Packet.SubAck(id, unsubscribed, List.copyOf(reasons), properties);
  }

  private Packet disconnect(Fields in) {
    if (version != MqttVersion.V5) {
      throw new IllegalArgumentException("a DISCONNECT from a server, which MQTT 5 alone has");
    }
    int reason = in.hasMore() ? in.one() : 0;
    return new Packet.Disconnect(reason, in.hasMore() ? properties(in) : List.of());
  }

  private List<Packet.Property> properties(Fields in) {
    return version == MqttVersion.V5 ? in.properties() : List.of();
  }
}
