package dev.echosounder.subprotocol.mqtt;

import dev.echosounder.ws.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Writes what a client sends. Immutable. */
final class PacketWriter {
  private static final int LONGEST_STRING = 65_535;
  private static final int SESSION_EXPIRY = 0x11;

  private final MqttVersion version;

  PacketWriter(MqttVersion version) {
    this.version = version;
  }

  /** Who logs in. */
  record Login(String user, String password) {}

  /** What the server publishes when we are gone without DISCONNECT (§3.1.2.5). */
  record Will(String topic, Bytes payload, int qos, boolean retain) {
    int flags() {
      return 0x04 | qos << 3 | (retain ? 0x20 : 0);
    }
  }

  /**
   * CONNECT (§3.1).
   *
   * @param kept how long the server keeps the session after we are gone; zero for a clean one
   * @param keepAlive how long we may be silent, in whole seconds; zero for as long as we like
   */
  Bytes connect(
      String client,
      Duration kept,
      Duration keepAlive,
      @Nullable Login login,
      @Nullable Will will) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    text(body, "MQTT");
    body.write(version.level());
    body.write(
        (kept.isZero() ? 0x02 : 0)
            | (login == null ? 0 : 0xc0)
            | (will == null ? 0 : will.flags()));
    two(body, (int) keepAlive.toSeconds());
    if (version == MqttVersion.V5 && !kept.isZero()) {
      body.write(5);
      body.write(SESSION_EXPIRY);
      body.writeBytes(ByteBuffer.allocate(4).putInt((int) kept.toSeconds()).array());
    } else {
      noProperties(body);
    }
    text(body, client);
    if (will != null) {
      noProperties(body);
      text(body, will.topic());
      sized(body, will.payload().toArray());
    }
    if (login != null) {
      text(body, login.user());
      text(body, login.password());
    }
    return packet(0x10, body);
  }

  /** PUBLISH (§3.3); {@code id} is left out for QoS 0. */
  Bytes publish(String topic, Bytes payload, int qos, boolean retain, int id) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    text(body, topic);
    if (qos > 0) {
      two(body, id);
    }
    noProperties(body);
    body.writeBytes(payload.toArray());
    return packet(0x30 | qos << 1 | (retain ? 1 : 0), body);
  }

  /** An acknowledgement of success: in either version two bytes suffice (5 §3.4.2.1). */
  Bytes ack(Packet.AckKind kind, int id) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    two(body, id);
    return packet(kind.type() << 4 | (kind == Packet.AckKind.PUBREL ? 2 : 0), body);
  }

  /** SUBSCRIBE (§3.8) to one topic filter. */
  Bytes subscribe(int id, String filter, int qos) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    two(body, id);
    noProperties(body);
    text(body, filter);
    body.write(qos);
    return packet(0x82, body);
  }

  /** UNSUBSCRIBE (§3.10) from one topic filter. */
  Bytes unsubscribe(int id, String filter) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    two(body, id);
    noProperties(body);
    text(body, filter);
    return packet(0xa2, body);
  }

  /** PINGREQ (§3.12). */
  Bytes ping() {
    return packet(0xc0, new ByteArrayOutputStream());
  }

  /** DISCONNECT (§3.14), normal. */
  Bytes disconnect() {
    return packet(0xe0, new ByteArrayOutputStream());
  }

  private void noProperties(ByteArrayOutputStream body) {
    if (version == MqttVersion.V5) {
      body.write(0);
    }
  }

  private static void two(ByteArrayOutputStream out, int value) {
    out.write(value >> 8);
    out.write(value);
  }

  private static void text(ByteArrayOutputStream out, String text) {
    sized(out, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void sized(ByteArrayOutputStream out, byte[] bytes) {
    if (bytes.length > LONGEST_STRING) {
      throw new IllegalArgumentException(
          "MQTT's strings and wills have at most %d bytes, got %d"
              .formatted(LONGEST_STRING, bytes.length));
    }
    two(out, bytes.length);
    out.writeBytes(bytes);
  }

  private static Bytes packet(int first, ByteArrayOutputStream body) {
    ByteArrayOutputStream packet = new ByteArrayOutputStream(body.size() + 5);
    packet.write(first);
    int length = body.size();
    while (length > 0x7f) {
      packet.write((length & 0x7f) | 0x80);
      length >>= 7;
    }
    packet.write(length);
    packet.writeBytes(body.toByteArray());
    return Bytes.of(packet.toByteArray());
  }
}
