package dev.echosounder.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.ws.Event;
import dev.echosounder.ws.Phase;
import dev.echosounder.ws.Timeline;
import dev.echosounder.ws.Timelines;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** How proxies, unix sockets, races between addresses and redirects are told. */
final class RouteEventsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final SocketAddress LOCAL =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);
  private static final SocketAddress SLOW = new InetSocketAddress("127.0.0.2", 3128);
  private static final SocketAddress FAST =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 3128);
  private static final SocketAddress SOCKET = UnixDomainSocketAddress.of("/run/echo.sock");
  private static final URI FROM = URI.create("ws://a/");
  private static final URI TO = URI.create("ws://a/b?token=s3cret");

  private static long ms(long millis) {
    return millis * 1_000_000;
  }

  private static Timeline proxied() {
    return Timelines.of(
        new Event.Connecting(0, SLOW),
        new Event.Connecting(ms(250), FAST),
        new Event.Connected(ms(251), LOCAL, FAST),
        new Event.NotConnected(ms(251), SLOW, "given up: another address answered first"),
        new Event.Tunnelling(ms(252), "http://127.0.0.1:3128", "a:80"),
        new Event.Tunnelled(ms(262), "200 Connection established"),
        new Event.Upgrading(ms(263), "GET / HTTP/1.1", List.of()),
        new Event.Redirected(ms(268), 302, FROM, TO),
        new Event.Connecting(ms(269), FAST),
        new Event.Connected(ms(272), LOCAL, FAST),
        new Event.Upgrading(ms(273), "GET /b HTTP/1.1", List.of()),
        new Event.Upgraded(ms(280), 101, List.of(), null, List.of()));
  }

  @Test
  void theTranscriptTellsTheWay() {
    assertThat(Transcript.text(proxied()))
        .contains(
            "connect to 127.0.0.2:3128",
            "not connected to 127.0.0.2:3128: given up: another address answered first",
            "ask the proxy http://127.0.0.1:3128 for a tunnel to a:80",
            "tunnel open: 200 Connection established",
            "302 redirected to ws://a/b?token=")
        .doesNotContain("s3cret");
  }

  @Test
  void durationsAreOfWhatAnsweredAndAddUpOverHops() {
    // 1 ms with the address that answered, 10 ms the tunnel's, 3 ms on the second hop.
    assertThat(proxied().phase(Phase.TCP)).contains(Duration.ofMillis(14));
    assertThat(proxied().phase(Phase.UPGRADE)).contains(Duration.ofMillis(12));
    List<Waterfall.Bar> bars = Waterfall.bars(proxied());
    assertThat(bars)
        .containsExactly(
            new Waterfall.Bar(Phase.TCP, Duration.ZERO, Duration.ofMillis(14)),
            new Waterfall.Bar(Phase.UPGRADE, Duration.ofMillis(13), Duration.ofMillis(12)));
  }

  @Test
  void aUnixSocketIsShownByItsPath() {
    Timeline timeline =
        Timelines.of(
            new Event.Connecting(0, SOCKET),
            new Event.Connected(1, UnixDomainSocketAddress.of(""), SOCKET));
    assertThat(Transcript.text(timeline))
        .contains("connect to unix:/run/echo.sock", "connected from a unix socket");
  }

  @Test
  void jsonHasTheFields() {
    List<String> lines =
        proxied().events().stream().map(e -> EventJson.of(e, 0, JSON).toString()).toList();
    assertThat(lines)
        .contains(
            "{\"seconds\":0.252,\"event\":\"tunnelling\",\"proxy\":\"http://127.0.0.1:3128\","
                + "\"server\":\"a:80\"}",
            "{\"seconds\":0.262,\"event\":\"tunnelled\",\"answer\":\"200 Connection established\"}")
        .anyMatch(
            line ->
                line.startsWith("{\"seconds\":0.268,\"event\":\"redirected\",\"status\":302,")
                    && line.contains("\"from\":\"ws://a/\"")
                    && !line.contains("s3cret"));
  }
}
