package dev.echosounder.subprotocol.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echosounder.subprotocol.Garbage;
import dev.echosounder.subprotocol.JsonText;
import dev.echosounder.subprotocol.socketio.SocketIoPacket.Kind;
import dev.echosounder.ws.Bytes;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of Socket.IO's protocol 5, and what breaks it. */
final class SocketIoPacketTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "0{`sid`:`x`} | 0 | CONNECT {`sid`:`x`}",
        "0/admin,{`sid`:`x`} | 0 | CONNECT {`sid`:`x`} in /admin",
        "1/admin, | 0 | DISCONNECT in /admin",
        "2[`hello`,1] | 0 | EVENT [`hello`,1]",
        "2/admin,456[`project:delete`,123] | 0 | EVENT [`project:delete`,123] in /admin",
        "3/admin,456[] | 0 | ACK [] in /admin",
        "4/admin,{`message`:`Not authorized`} | 0"
            + " | CONNECT_ERROR {`message`:`Not authorized`} in /admin",
        "51-[`hello`,{`_placeholder`:true,`num`:0}] | 1"
            + " | EVENT [`hello`,{`_placeholder`:true,`num`:0}]",
        "61-/admin,456[{`_placeholder`:true,`num`:0}] | 1"
            + " | ACK [{`_placeholder`:true,`num`:0}] in /admin",
      })
  void packetsReadAs(String text, int missing, String expected) {
    SocketIoPacket.Head head = SocketIoPacket.read(text.replace('`', '"'));
    assertThat(head.missing()).isEqualTo(missing);
    assertThat(head.packet()).hasToString(expected.replace('`', '"'));
  }

  @Test
  void packetsAreWrittenAsTheSpecificationHasThem() {
    SocketIoPacket event =
        new SocketIoPacket(
            Kind.EVENT, "/admin", 456, JsonText.parse("[\"project:delete\",123]"), List.of());
    assertThat(event.wire(2)).isEqualTo("42/admin,456[\"project:delete\",123]");
    SocketIoPacket binary =
        new SocketIoPacket(
            Kind.EVENT,
            "/",
            null,
            JsonText.parse("[\"hello\",{\"_placeholder\":true,\"num\":0}]"),
            List.of(Bytes.hex("01 02 03")));
    assertThat(binary.wire(2)).isEqualTo("451-[\"hello\",{\"_placeholder\":true,\"num\":0}]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "9 | which is no packet",
        "2 | an event is an array that begins with its name",
        "2[7] | an event is an array that begins with its name",
        "2{} | an event is an array that begins with its name",
        "3[] | an acknowledgement has an id and an array",
        "31{} | an acknowledgement has an id and an array",
        "5[`a`] | count their attachments",
        "21-[`a`] | count their attachments",
        "2[`a` | not JSON",
      })
  void whatBreaksSocketIoIsNamed(String text, String why) {
    assertThatThrownBy(() -> SocketIoPacket.read(text.replace('`', '"')))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Provide
  Arbitrary<String> garbage() {
    return Garbage.near(
        "0/admin,{\"sid\":\"x\"}",
        "2/admin,456[\"delete\",123]",
        "51-[\"hello\",{\"_placeholder\":true,\"num\":0}]",
        "61-/admin,456[{\"_placeholder\":true,\"num\":0}]",
        "4{\"message\":\"m\"}");
  }

  @Property(tries = 500)
  void garbageIsReadOrRefused(@ForAll("garbage") String text) {
    Garbage.readOrRefused(SocketIoPacket::read, text);
  }

  @Property(tries = 200)
  void whatIsWrittenReadsTheSame(
      @ForAll boolean event,
      @ForAll @AlphaChars @StringLength(max = 20) String namespace,
      @ForAll @IntRange(max = 999_999_999) int id,
      @ForAll @StringLength(max = 50) String text,
      @ForAll @Size(max = 3) List<@Size(max = 20) byte[]> attachments) {
    List<Bytes> bytes = attachments.stream().map(Bytes::of).toList();
    SocketIoPacket packet =
        new SocketIoPacket(
            event ? Kind.EVENT : Kind.ACK, "/" + namespace, id, JsonText.array().add(text), bytes);
    SocketIoPacket.Head read = SocketIoPacket.read(packet.wire(event ? 2 : 3).substring(1));
    assertThat(read.missing()).isEqualTo(bytes.size());
    SocketIoPacket whole = read.packet();
    for (Bytes attachment : bytes) {
      whole = whole.with(attachment);
    }
    assertThat(whole).isEqualTo(packet);
  }
}
