package dev.echosounder.subprotocol.mqtt;

import dev.echosounder.scenario.SubprotocolSession;
import dev.echosounder.subprotocol.mqtt.Packet.Ack;
import dev.echosounder.subprotocol.mqtt.Packet.AckKind;
import dev.echosounder.subprotocol.mqtt.Packet.ConnAck;
import dev.echosounder.subprotocol.mqtt.Packet.Publish;
import dev.echosounder.subprotocol.mqtt.Packet.SubAck;
import dev.echosounder.ws.Bytes;
import dev.echosounder.ws.Message;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A client's side of MQTT on one connection. What it receives with QoS 1 and 2 it acknowledges. */
final class MqttSession extends SubprotocolSession<Packet> {
  private static final int MOST_IDS = 65_535;
  private static final Duration LONGEST_KEEP_ALIVE = Duration.ofSeconds(65_535);
  private static final int SERVER_KEEP_ALIVE = 0x13;

  /** Packets of QoS 2 whose PUBREL has not come: sent again, they are no second message. */
  private final Set<Integer> unreleased = new HashSet<>();

  private PacketWriter out = new PacketWriter(MqttVersion.V5);
  private @Nullable PacketReader in;
  private PacketWriter.@Nullable Login login;
  private PacketWriter.@Nullable Will will;
  private Duration keepAlive = Duration.ZERO;
  private @Nullable ConnAck opened;
  private int lastId;

  private MqttSession(String who) {
    super(who, "MQTT");
  }

  static MqttSession of(String who) {
    return of(who, MqttSession.class, MqttSession::new);
  }

  @Override
  protected List<Packet> decode(Message message) {
    if (!(message instanceof Message.Binary binary)) {
      throw new IllegalArgumentException("packets are binary (§6), this is text");
    }
    if (in == null) {
      throw new IllegalArgumentException("a packet before our CONNECT");
    }
    return in.read(binary.bytes()).stream().filter(this::isForSteps).toList();
  }

  private boolean isForSteps(Packet packet) {
    if (packet instanceof Publish publish && publish.qos() == 1) {
      answer(out.ack(AckKind.PUBACK, publish.id()));
    } else if (packet instanceof Publish publish && publish.qos() == 2) {
      answer(out.ack(AckKind.PUBREC, publish.id()));
      return unreleased.add(publish.id());
    } else if (packet instanceof Ack ack && ack.kind() == AckKind.PUBREL) {
      unreleased.remove(ack.id());
      answer(out.ack(AckKind.PUBCOMP, ack.id()));
      return false;
    }
    return true;
  }

  void login(String user, String password) {
    login = new PacketWriter.Login(user, password);
  }

  void will(String topic, String payload, int qos, boolean retain) {
    will = new PacketWriter.Will(topic, Bytes.utf8(payload), qos, retain);
  }

  /** Of whole seconds, since CONNECT counts in them (§3.1.2.10). */
  void keepAlive(Duration longestSilence) {
    if (longestSilence.compareTo(LONGEST_KEEP_ALIVE) > 0 || longestSilence.toNanosPart() != 0) {
      throw new IllegalArgumentException(
          "MQTT's keep-alive is of whole seconds, at most 65535; got " + longestSilence);
    }
    keepAlive = longestSilence;
  }

  /** Sends CONNECT and waits for its answer. */
  ConnAck connect(MqttVersion version, String client, Duration kept) throws InterruptedException {
    if (in != null) {
      throw new AssertionError("an MQTT session is open on this connection already");
    }
    out = new PacketWriter(version);
    in = new PacketReader(version);
    send(out.connect(client, kept, keepAlive, login, will));
    ConnAck answer =
        (ConnAck) await("CONNACK for \"" + client + "\"", ConnAck.class::isInstance).message();
    opened = answer;
    Duration granted = granted(answer);
    if (answer.reason() == 0 && !granted.isZero()) {
      beat(granted, out.ping());
    }
    return answer;
  }

  /** In MQTT 5 the server may ask for another keep-alive than ours (§3.2.2.3.14). */
  private Duration granted(ConnAck answer) {
    return answer.properties().stream()
        .filter(p -> p.id() == SERVER_KEEP_ALIVE)
        .findFirst()
        .map(p -> Duration.ofSeconds(Integer.parseInt(p.value())))
        .orElse(keepAlive);
  }

  /** Sends no PINGREQ any more but those that a step sends. */
  void stopKeepAlive() {
    opened();
    stopBeating();
  }

  /** The answers to pings that no step has sent. */
  @Override
  protected boolean isPassing(Packet packet) {
    return packet instanceof Packet.PingResp;
  }

  ConnAck opened() {
    if (opened == null) {
      throw new AssertionError(
          "no MQTT session is open: say \"I open an MQTT 5 session as …\" first");
    }
    return opened;
  }

  /** Sends PUBLISH and sees to its acknowledgement. Returns the reason; 0 for QoS 0. */
  Ack publish(String topic, String payload, int qos, boolean retain) throws InterruptedException {
    opened();
    int id = nextId();
    send(out.publish(topic, Bytes.utf8(payload), qos, retain, id));
    if (qos == 0) {
      return new Ack(AckKind.PUBACK, id, 0, List.of());
    } else if (qos == 1) {
      return ack(AckKind.PUBACK, id);
    }
    Ack received = ack(AckKind.PUBREC, id);
    if (received.reason() >= Reason.FAILURE) {
      return received;
    }
    send(out.ack(AckKind.PUBREL, id));
    return ack(AckKind.PUBCOMP, id);
  }

  private Ack ack(AckKind kind, int id) throws InterruptedException {
    String expected = "%s for packet %d".formatted(kind, id);
    return (Ack)
        await(expected, p -> p instanceof Ack ack && ack.kind() == kind && ack.id() == id)
            .message();
  }

  SubAck subscribe(String filter, int qos) throws InterruptedException {
    opened();
    int id = nextId();
    send(out.subscribe(id, filter, qos));
    return subAck("SUBACK for \"" + filter + "\"", false, id);
  }

  SubAck unsubscribe(String filter) throws InterruptedException {
    opened();
    int id = nextId();
    send(out.unsubscribe(id, filter));
    return subAck("UNSUBACK for \"" + filter + "\"", true, id);
  }

  private SubAck subAck(String expected, boolean unsubscribed, int id) throws InterruptedException {
    return (SubAck)
        await(
                expected,
                p -> p instanceof SubAck s && s.unsubscribed() == unsubscribed && s.id() == id)
            .message();
  }

  /** The oldest message of the topic that no step has taken. */
  Publish message(String topic, String expected) throws InterruptedException {
    opened();
    return (Publish)
        await(expected, p -> p instanceof Publish m && m.topic().equals(topic)).message();
  }

  /** Publishes with QoS 0 to a topic that it has subscribed to, and waits for it to come back. */
  void roundTrip(String topic, String payload, Duration limit) throws InterruptedException {
    opened();
    long sent = send(out.publish(topic, Bytes.utf8(payload), 0, false, 0));
    var unused =
        await(
            "\"%s\" on \"%s\"".formatted(payload, topic),
            p ->
                p instanceof Publish m
                    && m.topic().equals(topic)
                    && m.payload().asUtf8().equals(payload),
            sent,
            limit);
  }

  void noMessage(Duration time) throws InterruptedException {
    opened();
    none("MQTT message", Publish.class::isInstance, time);
  }

  void ping(Duration limit) throws InterruptedException {
    opened();
    long sent = send(out.ping());
    var unused = await("PINGRESP", Packet.PingResp.class::isInstance, sent, limit);
  }

  void disconnect() throws InterruptedException {
    opened();
    mayEnd();
    stopBeating();
    send(out.disconnect());
  }

  private int nextId() {
    lastId = lastId % MOST_IDS + 1;
    return lastId;
  }
}
