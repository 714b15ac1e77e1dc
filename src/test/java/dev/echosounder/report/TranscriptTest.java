package dev.echosounder.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.ws.Bytes;
import dev.echosounder.ws.ConnectFailure;
import dev.echosounder.ws.Ending;
import dev.echosounder.ws.Event;
import dev.echosounder.ws.Frame;
import dev.echosounder.ws.Header;
import dev.echosounder.ws.Opcode;
import dev.echosounder.ws.Timeline;
import dev.echosounder.ws.Timelines;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TranscriptTest {
  private static final InetSocketAddress LOCAL =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);
  private static final InetSocketAddress REMOTE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 8443);

  static Frame text(String text) {
    return new Frame(Opcode.TEXT, true, 0, Bytes.utf8(text).size(), Bytes.utf8(text));
  }

  static Timeline wholeRun() {
    Bytes close = Bytes.hex("03e8");
    return Timelines.of(
        new Event.Resolving(0, "localhost"),
        new Event.Resolved(400_000, List.of(REMOTE)),
        new Event.Connecting(410_000, REMOTE),
        new Event.Connected(500_000, LOCAL, REMOTE),
        new Event.TlsStarted(510_000),
        Timelines.tls(9_000_000, Instant.parse("2030-01-01T00:00:00Z")),
        new Event.Upgrading(
            9_100_000,
            "GET /echo?access_token=s3cret&room=7 HTTP/1.1",
            List.of(
                new Header("Host", "localhost:8443"),
                new Header("Authorization", "Bearer s3cret"),
                new Header("X-Api-Key", "s3cret"),
                new Header("Sec-WebSocket-Key", "x3JJHMbDL1EzLkh9GBhXDw=="))),
        new Event.Upgraded(
            10_234_567, 101, List.of(new Header("Set-Cookie", "id=s3cret")), "chat", List.of()),
        new Event.Sent(10_300_000, text("Hello")),
        new Event.Received(10_400_000, text("Hello")),
        new Event.Sent(10_500_000, new Frame(Opcode.CLOSE, true, 0, 2, close)),
        new Event.Received(10_600_000, new Frame(Opcode.CLOSE, true, 0, 2, close)),
        new Event.Ended(10_700_000, new Ending(Ending.Cause.CLOSED_BY_US, 1000, "", true, "")));
  }

  @Test
  void wholeRunReadsLikeThis() {
    assertThat(Transcript.text(wholeRun()))
        .isEqualTo(
            """
            +      0.000 ms · look up localhost
            +      0.400 ms · found 127.0.0.1:8443
            +      0.410 ms · connect to 127.0.0.1:8443
            +      0.500 ms · connected from 127.0.0.1:40000
            +      0.510 ms · TLS handshake
            +      9.000 ms · TLS agreed: TLSv1.3, TLS_AES_128_GCM_SHA256, certificate valid until 2030-01-01T00:00:00Z
                                CN=server for localhost, by CN=authority, until 2030-01-01T00:00:00Z, EC 256, SHA256withECDSA
            +      9.100 ms → GET /echo?access_token=<redacted>&room=7 HTTP/1.1
                                Host: localhost:8443
                                Authorization: <redacted>
                                X-Api-Key: <redacted>
                                Sec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==
            +     10.235 ms ← 101 upgraded, subprotocol chat, extensions none
                                Set-Cookie: <redacted>
            +     10.300 ms → text, 5 bytes "Hello"
            +     10.400 ms ← text, 5 bytes "Hello"
            +     10.500 ms → close 1000 normal closure
            +     10.600 ms ← close 1000 normal closure
            +     10.700 ms · ended: closed_by_us (1000 normal closure)
            """);
  }

  @Test
  void refusalShowsStatusHeadersBodyAndAdvice() {
    ConnectFailure failure =
        new ConnectFailure(
            ConnectFailure.Cause.REDIRECT,
            "expected 101, got 302",
            new ConnectFailure.Response(
                302,
                List.of(new Header("Location", "https://u:pw@host/?token=s3cret&x=1")),
                Bytes.utf8("go\u001b[2J there\nline 2")));
    assertThat(Transcript.text(Timelines.of(new Event.Refused(1_000, failure))))
        .isEqualTo(
            """
            +      0.001 ms ← failed: redirect: expected 101, got 302
                              HTTP status 302
                                Location: https://<redacted>@host/?token=<redacted>&x=1
                                | go\\u001b[2J there
                                | line 2
                              hint: the server redirects; use the location it names
            """);
  }

  @Test
  void framesShowOpcodeFragmentBitsLengthAndExcerpt() {
    assertThat(FrameText.of(new Frame(Opcode.TEXT, false, 0, 2, Bytes.utf8("ab"))))
        .isEqualTo("text (fragment, more follow), 2 bytes \"ab\"");
    assertThat(FrameText.of(new Frame(Opcode.CONTINUATION, true, 0, 1, Bytes.hex("63"))))
        .isEqualTo("continuation (last fragment), 1 byte 63");
    assertThat(FrameText.of(new Frame(Opcode.TEXT, true, 4, 3, Bytes.hex("cb4801"))))
        .isEqualTo("text compressed, 3 bytes cb 48 01");
    assertThat(FrameText.of(new Frame(Opcode.BINARY, true, 3, 70_000, Bytes.hex("00ff"))))
        .isEqualTo("binary RSV2+3, 70000 bytes 00 ff …");
    assertThat(FrameText.of(new Frame(Opcode.PING, true, 0, 0, Bytes.EMPTY)))
        .isEqualTo("ping, 0 bytes");
    assertThat(FrameText.of(new Frame(Opcode.CLOSE, true, 0, 0, Bytes.EMPTY)))
        .isEqualTo("close 1005 no status received");
    assertThat(FrameText.of(new Frame(Opcode.CLOSE, true, 0, 5, Bytes.hex("0fa1 627965"))))
        .isEqualTo("close 4001 \"bye\"");
    assertThat(FrameText.of(new Frame(Opcode.CLOSE, true, 0, 1, Bytes.hex("03"))))
        .isEqualTo("close with a payload of 1 byte, which is no code (RFC 6455 §5.5.1)");
  }

  @Test
  void whatCannotBeSeenOrSteersTheTerminalIsEscaped() {
    assertThat(FrameText.of(text("a\"b\\\r\n\t\u0000\u001b[31m\u202e\ud83d\ude00é")))
        .endsWith("\"a\\\"b\\\\\\r\\n\\t\\u0000\\u001b[31m\\u202e\ud83d\ude00é\"");
  }

  @Test
  void excerptTornInsideACharacterEndsBeforeIt() {
    Frame torn = new Frame(Opcode.TEXT, true, 0, 200, Bytes.hex("61 e2 82"));
    assertThat(FrameText.of(torn)).isEqualTo("text, 200 bytes \"a\"…");
  }

  @Test
  void forgottenFramesAreCounted() {
    List<Event> events =
        List.of(
            new Event.Resolving(0, "h"),
            new Event.Sent(1_000, text("1")),
            new Event.Sent(2_000, text("2")),
            new Event.Sent(3_000, text("3")));
    assertThat(Transcript.text(Timelines.of(1, events)))
        .isEqualTo(
            """
            +      0.000 ms · look up h
                              … 2 frames no longer kept
            +      0.003 ms → text, 1 byte "3"
            """);
  }
}
