package dev.echosounder.subprotocol.mqtt;

import dev.echosounder.ws.Bytes;
import java.util.List;
import java.util.stream.Collectors;

/** What a server sends. Reasons are those of MQTT 5, whatever the version. */
sealed interface Packet {
  /** The four acknowledgements of a PUBLISH, with their packet types (§2.1.2). */
  enum AckKind {
    PUBACK(4),
    PUBREC(5),
    PUBREL(6),
    PUBCOMP(7);

    private final int type;

    AckKind(int type) {
      this.type = type;
    }

    int type() {
      return type;
    }
  }

  /** One property of MQTT 5 (§2.2.2.2), as text. */
  record Property(int id, String value) {
    private static final int REASON_STRING = 0x1f;

    @Override
    public String toString() {
      return id == REASON_STRING ? "\"" + value + "\"" : "property 0x%02x: %s".formatted(id, value);
    }
  }

  record ConnAck(boolean sessionPresent, int reason, List<Property> properties) implements Packet {
    @Override
    public String toString() {
      String present = sessionPresent ? ", session present" : "";
      return "CONNACK " + Reason.text(reason) + present + texts(properties);
    }
  }

  /** {@code id} is 0 for QoS 0. */
  record Publish(
      String topic,
      Bytes payload,
      int qos,
      boolean retain,
      boolean duplicate,
      int id,
      List<Property> properties)
      implements Packet {
    @Override
    public String toString() {
      return "\"%s\" on \"%s\" with QoS %d%s%s"
          .formatted(payload.asUtf8(), topic, qos, retain ? ", retained" : "", texts(properties));
    }
  }

  record Ack(AckKind kind, int id, int reason, List<Property> properties) implements Packet {
    @Override
    public String toString() {
      return "%s %s for packet %d%s".formatted(kind, Reason.text(reason), id, texts(properties));
    }
  }

  /** {@code unsubscribed} tells UNSUBACK from SUBACK; a reason below 3 is the QoS granted. */
  record SubAck(int id, boolean unsubscribed, List<Integer> reasons, List<Property> properties)
      implements Packet {
    @Override
    public String toString() {
      return reasons.stream()
              .map(r -> !unsubscribed && r < 3 ? "granted QoS " + r : Reason.text(r))
              .collect(Collectors.joining(", ", unsubscribed ? "UNSUBACK " : "SUBACK ", ""))
          + texts(properties);
    }
  }

  record PingResp() implements Packet {
    @Override
    public String toString() {
      return "PINGRESP";
    }
  }

  record Disconnect(int reason, List<Property> properties) implements Packet {
    @Override
    public String toString() {
      return "DISCONNECT " + Reason.text(reason) + texts(properties);
    }
  }

  private static String texts(List<Property> properties) {
    return properties.stream().map(p -> ", " + p).collect(Collectors.joining());
  }
}
