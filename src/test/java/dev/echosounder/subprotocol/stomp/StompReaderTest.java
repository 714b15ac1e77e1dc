package dev.echosounder.subprotocol.stomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echosounder.subprotocol.Garbage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar and the value encoding of STOMP 1.2. */
final class StompReaderTest {
  private static final String TWO =
      "MESSAGE\r\nsubscription:0\r\na\\cb:x\\\\y\\nz\r\na\\cb:later\r\n\r\nhéllo\0\n"
          + "RECEIPT\nreceipt-id:7\ncontent-length:3\n\na\0b\0";

  private static List<StompFrame> read(String text) {
    return new StompReader().read(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 1000})
  void framesAreReadHoweverTheyAreCut(int size) {
    StompReader reader = new StompReader();
    byte[] bytes = TWO.getBytes(StandardCharsets.UTF_8);
    List<StompFrame> frames = new ArrayList<>();
    for (int at = 0; at < bytes.length; at += size) {
      int end = Math.min(bytes.length, at + size);
      frames.addAll(reader.read(Arrays.copyOfRange(bytes, at, end)));
    }
    assertThat(frames)
        .containsExactly(
            new StompFrame("MESSAGE", Map.of("subscription", "0", "a:b", "x\\y\nz"), "héllo"),
            StompFrame.HEART_BEAT,
            new StompFrame("RECEIPT", Map.of("receipt-id", "7", "content-length", "3"), "a\0b"));
  }

  @Test
  void connectedEscapesNothing() {
    assertThat(read("CONNECTED\nserver:a\\cb:c\n\n\0").get(0).header("server")).contains("a\\cb:c");
    assertThat(new StompFrame("CONNECT", Map.of("passcode", "a:b"), "").wire())
        .isEqualTo("CONNECT\npasscode:a:b\n\n\0");
    assertThat(new StompFrame("SEND", Map.of("k", "a:b\\\n"), "é").wire())
        .isEqualTo(
            "SEND\nk:a\\cb\\\\\\n\ncontent-length:2\n\né\0".replace("\n\ncontent", "\ncontent"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NOSUCH~~_         | the command \"NOSUCH\"",
        "SEND~~_           | the command \"SEND\": a server sends one of",
        "MESSAGE~novalue~~_ | the header \"novalue\" without a colon",
        "MESSAGE~a:\\t~~_  | an undefined escape in the header \\t",
        "MESSAGE~a:\\~~_   | an undefined escape in the header",
        "MESSAGE~a:b_      | a frame whose headers do not end",
        "MESSAGE~content-length:1~~ab_ | a body longer than its content-length 1",
        "MESSAGE~content-length:x~~_   | the content-length \"x\"",
      })
  void whatBreaksStompIsNamed(String text, String why) {
    assertThatThrownBy(() -> read(text.replace('~', '\n').replace('_', '\0')))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Provide
  Arbitrary<String> garbage() {
    return Garbage.near(
        TWO, "CONNECTED\nversion:1.2\nheart-beat:0,100\n\n\0", "ERROR\nmessage:a\\cb\n\nbody\0");
  }

  @Property(tries = 500)
  void garbageIsReadOrRefused(@ForAll("garbage") String text) {
    Garbage.readOrRefused(StompReaderTest::read, text);
  }

  @Property(tries = 200)
  void whatIsWrittenReadsTheSame(
      @ForAll @Size(max = 5)
          Map<@StringLength(min = 1, max = 20) String, @StringLength(max = 20) String> given,
      @ForAll @StringLength(max = 50) String text) {
    Map<String, String> headers = new LinkedHashMap<>();
    given.forEach((name, value) -> headers.put(characters(name), characters(value)));
    headers.remove("content-length");
    String body = characters(text);
    StompFrame frame = new StompFrame("MESSAGE", headers, body);
    if (!body.isEmpty()) {
      headers.put("content-length", Integer.toString(body.getBytes(StandardCharsets.UTF_8).length));
    }
    assertThat(read(frame.wire() + "\n"))
        .containsExactly(new StompFrame("MESSAGE", headers, body), StompFrame.HEART_BEAT);
  }

  /** Without halves of characters, which UTF-8 cannot have; U+0000 ends a frame. */
  private static String characters(String text) {
    return text.replaceAll("[\\x00\\p{Cs}]", "x");
  }
}
