package dev.echosounder.subprotocol.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.echosounder.ws.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Our codec of MQTT against Netty's, both ways. */
final class MqttCodecTest {
  private static final int MOST_BYTES = 1 << 20;

  @Property(tries = 200)
  void nettyReadsWhatWePublish(
      @ForAll MqttVersion version,
      @ForAll @StringLength(min = 1, max = 300) String text,
      @ForAll @Size(max = 400) byte[] payload,
      @ForAll @IntRange(max = 2) int qos,
      @ForAll boolean retain,
      @ForAll @IntRange(min = 1, max = 65_535) int id) {
    String topic = topic(text);
    PacketWriter writer = new PacketWriter(version);
    EmbeddedChannel netty = decoder(writer);
    netty.writeInbound(buffer(writer.publish(topic, Bytes.of(payload), qos, retain, id)));
    MqttPublishMessage read = netty.readInbound();
    assertThat(read.decoderResult().isSuccess()).isTrue();
    assertThat(read.variableHeader().topicName()).isEqualTo(topic);
    assertThat(ByteBufUtil.getBytes(read.payload())).isEqualTo(payload);
    assertThat(read.fixedHeader().qosLevel().value()).isEqualTo(qos);
    assertThat(read.fixedHeader().isRetain()).isEqualTo(retain);
    if (qos > 0) {
      assertThat(read.variableHeader().packetId()).isEqualTo(id);
    }
    read.release();
    netty.finishAndReleaseAll();
  }

  @Property(tries = 200)
  void weReadWhatNettyPublishesHoweverItIsCut(
      @ForAll MqttVersion version,
      @ForAll @StringLength(min = 1, max = 300) String text,
      @ForAll @Size(max = 400) byte[] payload,
      @ForAll @IntRange(max = 2) int qos,
      @ForAll @IntRange(min = 1, max = 65_535) int id,
      @ForAll @IntRange(min = 1, max = 7) int cut) {
    String topic = topic(text);
    MqttPublishMessage message =
        MqttMessageBuilders.publish()
            .topicName(topic)
            .payload(Unpooled.wrappedBuffer(payload))
            .qos(MqttQoS.valueOf(qos))
            .messageId(id)
            .build();
    Bytes wire = encoded(version, message);
    PacketReader reader = new PacketReader(version);
    List<Packet> read = new ArrayList<>();
    int step = Math.max(1, wire.size() / cut);
    for (int at = 0; at < wire.size(); at += step) {
      read.addAll(reader.read(wire.slice(at, Math.min(wire.size(), at + step))));
    }
    assertThat(read)
        .containsExactly(
            new Packet.Publish(
                topic, Bytes.of(payload), qos, false, false, qos == 0 ? 0 : id, List.of()));
  }

  @Property(tries = 100)
  void nettyReadsOurConnect(
      @ForAll MqttVersion version,
      @ForAll @StringLength(min = 1, max = 300) String text,
      @ForAll @Size(max = 400) byte[] payload,
      @ForAll @IntRange(max = 2) int qos,
      @ForAll boolean retain,
      @ForAll @IntRange(max = 65_535) int keepAlive) {
    EmbeddedChannel netty = new EmbeddedChannel(new MqttDecoder(MOST_BYTES));
    PacketWriter.Login login = new PacketWriter.Login("ann", "s3cret");
    PacketWriter.Will will = new PacketWriter.Will(topic(text), Bytes.of(payload), qos, retain);
    Bytes connect =
        new PacketWriter(version)
            .connect("probe", Duration.ofSeconds(70), Duration.ofSeconds(keepAlive), login, will);
    netty.writeInbound(buffer(connect));
    MqttConnectMessage read = netty.readInbound();
    assertThat(read.variableHeader().version()).isEqualTo(version.level());
    assertThat(read.variableHeader().isCleanSession()).isFalse();
    assertThat(read.variableHeader().keepAliveTimeSeconds()).isEqualTo(keepAlive);
    assertThat(read.variableHeader().isWillFlag()).isTrue();
    assertThat(read.variableHeader().willQos()).isEqualTo(qos);
    assertThat(read.variableHeader().isWillRetain()).isEqualTo(retain);
    assertThat(read.payload().willTopic()).isEqualTo(will.topic());
    assertThat(read.payload().willMessageInBytes()).isEqualTo(payload);
    assertThat(read.payload().clientIdentifier()).isEqualTo("probe");
    assertThat(read.payload().userName()).isEqualTo("ann");
    assertThat(read.payload().passwordInBytes())
        .isEqualTo("s3cret".getBytes(StandardCharsets.UTF_8));
    if (version == MqttVersion.V5) {
      assertThat(read.variableHeader().properties().getProperty(0x11).value()).isEqualTo(70);
    }
  }

  @ParameterizedTest
  @EnumSource(MqttVersion.class)
  void nettyReadsOurSubscribe(MqttVersion version) {
    PacketWriter writer = new PacketWriter(version);
    EmbeddedChannel netty = decoder(writer);
    netty.writeInbound(buffer(writer.subscribe(7, "a/#", 2)));
    MqttSubscribeMessage read = netty.readInbound();
    assertThat(read.variableHeader().messageId()).isEqualTo(7);
    assertThat(read.payload().topicSubscriptions().get(0).topicFilter()).isEqualTo("a/#");
    assertThat(read.payload().topicSubscriptions().get(0).qualityOfService().value()).isEqualTo(2);
  }

  /** Hex, as the examples of both specifications have it; then what it reads as. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "V3_1_1 | 20 02 01 00 | CONNACK 0x00 success, session present",
        "V3_1_1 | 20 02 00 05 | CONNACK 0x87 not authorized",
        "V5     | 20 03 00 86 00 | CONNACK 0x86 bad user name or password",
        "V5     | 20 08 00 87 05 1f 00 02 6e 6f | CONNACK 0x87 not authorized, \"no\"",
        "V3_1_1 | 40 02 00 07 | PUBACK 0x00 success for packet 7",
        "V5     | 40 03 00 07 87 | PUBACK 0x87 not authorized for packet 7",
        "V5     | 50 04 00 07 10 00 | PUBREC 0x10 no matching subscribers for packet 7",
        "V3_1_1 | 90 03 00 01 80 | SUBACK 0x80 unspecified error",
        "V5     | 90 04 00 01 00 02 | SUBACK granted QoS 2",
        "V3_1_1 | b0 02 00 01 | UNSUBACK",
        "V5     | e0 00 | DISCONNECT 0x00 success",
        "V5     | e0 01 8e | DISCONNECT 0x8e session taken over",
        "V5     | d0 00 | PINGRESP",
      })
  void packetsReadAs(MqttVersion version, String hex, String expected) {
    List<Packet> read = new PacketReader(version).read(Bytes.hex(hex));
    assertThat(read).singleElement().asString().isEqualToIgnoringWhitespace(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "V5     | 30 ff ff ff ff 01 | a length of more than four bytes",
        "V5     | 30 ff ff ff 7f | more than 16777216 are not read",
        "V5     | 36 05 00 01 61 00 01 | a PUBLISH with QoS 3",
        "V3_1_1 | 30 03 00 01 23 | a PUBLISH to the wildcard \"#\"",
        "V3_1_1 | 30 03 00 01 ff | a string that is not UTF-8",
        "V3_1_1 | 32 05 00 01 61 00 00 | a packet identifier is never 0",
        "V3_1_1 | 30 02 00 05 | a packet that ends 5 bytes too early",
        "V3_1_1 | 40 03 00 07 00 | a packet that is too long",
        "V3_1_1 | 20 02 02 00 | the reserved flags 2",
        "V3_1_1 | 20 02 00 09 | the return code 9 is reserved",
        "V3_1_1 | 41 02 00 07 | type 4 with the reserved flags 1",
        "V3_1_1 | e0 00 | which MQTT 5 alone has",
        "V5     | 10 00 | a packet of type 1 from a server",
        "V5     | 20 05 00 00 02 7f 00 | there is no property 0x7f",
      })
  void whatBreaksMqttIsNamed(MqttVersion version, String hex, String why) {
    PacketReader reader = new PacketReader(version);
    assertThatThrownBy(() -> reader.read(Bytes.hex(hex)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  /** Whatever comes, and however it is cut, is packets or a failure that names what is wrong. */
  @Property(tries = 500)
  void garbageIsNamed(@ForAll MqttVersion version, @ForAll @Size(max = 64) byte[] bytes) {
    orNamed(() -> new PacketReader(version).read(Bytes.of(bytes)));
  }

  /** A header that announces what follows leads further into the reader than bytes at random. */
  @Property(tries = 500)
  void garbageInAPacketIsNamed(
      @ForAll MqttVersion version,
      @ForAll @IntRange(max = 255) int first,
      @ForAll @Size(max = 64) byte[] body) {
    byte[] packet = new byte[body.length + 2];
    packet[0] = (byte) first;
    packet[1] = (byte) body.length;
    System.arraycopy(body, 0, packet, 2, body.length);
    orNamed(() -> new PacketReader(version).read(Bytes.of(packet)));
  }

  private static void orNamed(ThrowingCallable reading) {
    Throwable thrown = catchThrowable(reading);
    assertThat(thrown)
        .satisfiesAnyOf(
            none -> assertThat(none).isNull(),
            named -> assertThat(named).isExactlyInstanceOf(IllegalArgumentException.class));
  }

  @Test
  void severalPacketsMayComeAtOnce() {
    PacketReader reader = new PacketReader(MqttVersion.V3_1_1);
    assertThat(reader.read(Bytes.hex("d0 00 40 02 00 07 30"))).hasSize(2);
    assertThat(reader.read(Bytes.hex("03 00 01 61"))).hasSize(1);
  }

  /** Netty reads a packet by the version that the CONNECT before it has named. */
  private static EmbeddedChannel decoder(PacketWriter writer) {
    EmbeddedChannel netty = new EmbeddedChannel(new MqttDecoder(MOST_BYTES));
    netty.writeInbound(buffer(writer.connect("probe", Duration.ZERO, Duration.ZERO, null, null)));
    netty.<MqttMessage>readInbound();
    return netty;
  }

  private static Bytes encoded(MqttVersion version, MqttMessage message) {
    EmbeddedChannel netty = new EmbeddedChannel(MqttEncoder.INSTANCE);
    netty.writeOutbound(
        MqttMessageBuilders.connect()
            .protocolVersion(
                version == MqttVersion.V5
                    ? io.netty.handler.codec.mqtt.MqttVersion.MQTT_5
                    : io.netty.handler.codec.mqtt.MqttVersion.MQTT_3_1_1)
            .clientId("probe")
            .build());
    netty.<ByteBuf>readOutbound().release();
    netty.writeOutbound(message);
    ByteBuf wire = netty.readOutbound();
    try {
      return Bytes.of(ByteBufUtil.getBytes(wire));
    } finally {
      wire.release();
    }
  }

  private static ByteBuf buffer(Bytes bytes) {
    return Unpooled.wrappedBuffer(bytes.toArray());
  }

  /** Without what no topic name has: wildcards, U+0000, half a character. */
  private static String topic(String text) {
    String topic = text.replaceAll("[+#\\x00\\p{Cs}]", "x");
    return topic.isEmpty() ? "x" : topic;
  }
}
