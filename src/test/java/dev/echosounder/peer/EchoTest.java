package dev.echosounder.peer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every upgraded connection shares: handshake options, echo options, RFC 6455's rules. */
final class EchoTest {
  private static final Peer PEER = Peer.start();

  @AfterAll
  static void stop() {
    PEER.close();
  }

  @Test
  void echoesWhateverSizeAndFraming() throws Exception {
    try (RawClient client = open("/echo")) {
      for (int size : new int[] {0, 125, 126, 65535, 65536, 3 << 20}) {
        byte[] payload = new byte[size];
        Arrays.fill(payload, (byte) 0xC3);
        client.send(0x82, payload);
        RawClient.Received echo = client.frame();
        assertThat(echo.first()).isEqualTo(0x82);
        assertThat(echo.payload()).isEqualTo(payload);
      }
      client.send(0x01, bytes("in "));
      client.send(0x89, bytes("ping"));
      client.send(0x80, bytes("two"));
      assertThat(client.frame().first()).isEqualTo(0x8A);
      assertThat(client.text()).isEqualTo("in two");
    }
  }

  @Test
  void pingsOnOpen() throws Exception {
    try (RawClient client = open("/echo?ping=on")) {
      RawClient.Received ping = client.frame();
      assertThat(ping.first()).isEqualTo(0x89);
      assertThat(ping.text()).isEqualTo("peer");
    }
  }

  @Test
  void delaysButKeepsTheOrder() throws Exception {
    try (RawClient client = open("/echo?delay=100ms&jitter=50ms")) {
      long start = System.nanoTime();
      for (int i = 0; i < 50; i++) {
        client.sendText("" + i);
      }
      for (int i = 0; i < 50; i++) {
        assertThat(client.text()).isEqualTo("" + i);
      }
      assertThat((System.nanoTime() - start) / 1e6).isBetween(100.0, 1000.0);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/echo,                 'a, b', ''",
    "/echo?subprotocol=b,   'a, b', b",
    "/echo?subprotocol=b%2Ca, 'a, b', a",
    "/echo?subprotocol=c,   'a, b', ''",
    "/echo?blind=never,     'a, b', never"
  })
  void choosesTheSubprotocol(String path, String offered, String chosen) throws Exception {
    try (RawClient client = connect(path)) {
      String head = client.upgrade("Sec-WebSocket-Protocol: " + offered);
      assertThat(head).startsWith("HTTP/1.1 101 ");
      String line = "\r\nSec-WebSocket-Protocol: " + chosen + "\r\n";
      assertThat(head.contains("Sec-WebSocket-Protocol")).isEqualTo(!chosen.isEmpty());
      assertThat(chosen.isEmpty() || head.contains(line)).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/echo, permessage-deflate, permessage-deflate",
    "/echo, permessage-deflate; client_max_window_bits, permessage-deflate",
    "/echo, 'permessage-deflate; server_max_window_bits=10, permessage-deflate;"
        + " server_no_context_takeover', permessage-deflate;server_no_context_takeover",
    "/echo?deflate=off, permessage-deflate, ''",
    "/echo, x-other, ''"
  })
  void acceptsTheDeflateOfferItCanHonour(String path, String offer, String answer)
      throws Exception {
    try (RawClient client = connect(path)) {
      String head = client.upgrade("Sec-WebSocket-Extensions: " + offer);
      assertThat(head)
          .startsWith("HTTP/1.1 101 ")
          .satisfies(
              h ->
                  assertThat(h.contains("Extensions: " + answer + "\r\n"))
                      .isEqualTo(!answer.isEmpty()));
    }
  }

  @Test
  void inflatesAndDeflatesWithContextTakeover() throws Exception {
    try (RawClient client = connect("/echo?prefix=echo:%20")) {
      assertThat(client.upgrade("Sec-WebSocket-Extensions: permessage-deflate"))
          .contains("permessage-deflate");
      Deflater deflater = new Deflater(9, true);
      Inflater inflater = new Inflater(true);
      int[] sizes = new int[2];
      for (int i = 0; i < 2; i++) {
        client.send(0xC1, deflate(deflater, "the same words again"));
        RawClient.Received echo = client.frame();
        assertThat(echo.first()).isEqualTo(0xC1);
        sizes[i] = echo.payload().length;
        assertThat(inflate(inflater, echo.payload())).isEqualTo("echo: the same words again");
      }
      assertThat(sizes[1]).isLessThan(sizes[0]);
      deflater.end();
      inflater.end();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "8100, 1002", // not masked
    "c18001020304, 1002", // RSV1 without an extension
    "838001020304, 1002", // reserved opcode
    "098001020304, 1002", // fragmented ping
    "89fe, 1002", // ping with an extended length
    "808001020304, 1002", // continuation of nothing
    "0180010203048180, 1002", // text inside text, whose head is complete below
    "81810000000080, 1007", // a lone continuation byte of UTF-8
    "82fe007d, 1002", // 125, the longest of one byte, in two; mask follows
    "82ff000000000000007d, 1002", // the same in eight
    "82ff000000000000ffff, 1002", // 65,535, the longest of two bytes, in eight
    "82ff8000000000000000, 1002", // highest bit of the length, mask follows
    "82ff0000000100000000, 1009", // four gigabytes
    "88810000000003, 1002" // close body of one byte
  })
  void failsAClientThatBreaksTheRules(String hex, int code) throws Exception {
    try (RawClient client = open("/echo")) {
      client.write(java.util.HexFormat.of().parseHex(hex));
      client.write(new byte[4]);
      RawClient.Received close = client.frame();
      assertThat(close.first()).isEqualTo(0x88);
      assertThat(close.closeCode()).isEqualTo(code);
      assertThat(client.end()).isEqualTo(RawClient.End.FIN);
    }
  }

  @Test
  void servesTheClientOfTheJdk() throws Exception {
    BlockingQueue<String> seen = new ArrayBlockingQueue<>(10);
    WebSocket.Listener listener =
        new WebSocket.Listener() {
          @Override
          public @Nullable CompletionStage<?> onText(
              WebSocket socket, CharSequence data, boolean last) {
            seen.add(data.toString());
            socket.request(1);
            return null;
          }

          @Override
          public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            seen.add("closed " + code);
            return null;
          }
        };
    WebSocket socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(PEER.uri("/echo"), listener)
            .get(5, SECONDS);
    socket.sendText("Hello", true).get(5, SECONDS);
    assertThat(seen.poll(5, SECONDS)).isEqualTo("Hello");
    socket.sendClose(1000, "").get(5, SECONDS);
    assertThat(seen.poll(5, SECONDS)).isEqualTo("closed 1000");
  }

  private static byte[] deflate(Deflater deflater, String text) {
    deflater.setInput(bytes(text));
    byte[] out = new byte[1000];
    int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
    return Arrays.copyOf(out, length - 4);
  }

  private static String inflate(Inflater inflater, byte[] bytes) throws DataFormatException {
    byte[] input = Arrays.copyOf(bytes, bytes.length + 4);
    input[bytes.length + 2] = (byte) 0xFF;
    input[bytes.length + 3] = (byte) 0xFF;
    inflater.setInput(input);
    byte[] out = new byte[1000];
    return new String(out, 0, inflater.inflate(out), StandardCharsets.UTF_8);
  }

  private static RawClient connect(String path) throws IOException, NoSuchAlgorithmException {
    return RawClient.connect(PEER.uri(path), SSLContext.getDefault());
  }

  private static RawClient open(String path) throws IOException, NoSuchAlgorithmException {
    return connect(path).expectUpgrade();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
