package dev.echosounder.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echosounder.peer.Peer;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which servers a proxy is not asked for. */
final class BypassTest {
  @ParameterizedTest
  @CsvSource({
    "example.org, example.org, true",
    "example.org, EXAMPLE.org, true",
    "Example.org, a.b.example.org, true",
    "example.org, notexample.org, false",
    "example.org, example.org.evil.example, false",
    ".example.org, example.org, false",
    ".example.org, a.example.org, true",
    "localhost, localhost, true",
    "*, anything.example, true",
    "10.0.0.0/8, 10.1.2.3, true",
    "10.0.0.0/8, 11.1.2.3, false",
    "10.0.0.0/8, 10.example.org, false",
    "127.0.0.1, 127.0.0.1, true",
    "127.0.0.1, 127.0.0.2, false",
    "fd00::/8, [fd12::1], true",
    "fd00::/8, 10.0.0.1, false",
    "[::1], [::1], true",
    "0.0.0.0/0, localhost, false",
  })
  void aServerIsNamedOrNot(String pattern, String host, boolean has) {
    Bypass bypass = new Bypass(List.of("first.example", pattern));
    assertThat(bypass.has(URI.create("wss://" + host + ":8443/x"))).isEqualTo(has);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://h",
        "h:80",
        "a b",
        "*.example.org",
        "10.0.0.0/33",
        "10.1.2.3/8",
        "h/8",
        "",
        "1.2.3",
        "..",
        "[::1"
      })
  void whatIsNoNameAndNoRangeIsRefused(String pattern) {
    assertThatThrownBy(() -> new Bypass(List.of(pattern)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected ")
        .hasMessageContaining("\"" + pattern + "\"");
  }

  @Test
  void theServerIsDialledAndARedirectOfItsIsJudgedAnew() throws Exception {
    Route dead =
        Route.DIRECT
            .withProxy(Proxy.of("http://127.0.0.1:1"))
            .withBypass(new Bypass(List.of("127.0.0.0/8")))
            .withRedirects(1);
    try (Client client = Client.create();
        Peer peer = Peer.start()) {
      Target target = Target.of(peer.uri("/echo")).withRoute(dead);
      Connection connection = client.open(target, Listener.NONE);
      assertThat(connection.opened().get(5, TimeUnit.SECONDS)).isInstanceOf(Event.Upgraded.class);
      connection.close(1000, "").get(5, TimeUnit.SECONDS);
      assertThat(connection.timeline().events()).noneMatch(Event.Tunnelling.class::isInstance);
      URI away = peer.uri("/redirect?to=ws://localhost:" + peer.port() + "/echo");
      Opening led = client.open(target.at(away), Listener.NONE).opened().get(5, TimeUnit.SECONDS);
      assertThat(led).isInstanceOf(ConnectFailure.class);
      assertThat(((ConnectFailure) led).cause()).isEqualTo(ConnectFailure.Cause.PROXY);
    }
  }
}
