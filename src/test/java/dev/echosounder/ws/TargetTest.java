package dev.echosounder.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad options are refused where they are given, in words a person can act on. */
final class TargetTest {
  private final Target target = Target.of(URI.create("ws://127.0.0.1/"));

  @ParameterizedTest
  @CsvSource({
    "http://example.org/, begins with ws:// or wss://",
    "example.org, begins with ws:// or wss://",
    "ws:///path, expected a host",
    "ws://0x7f.1:9/, expected a host",
    "ws://127.1:9/, expected a host",
    "ws://my_service/, no underscore",
    "ws://example.org/#part, has no fragment",
  })
  void refusesUrlsThatAreNoWebSocketUrls(URI uri, String message) {
    assertThatThrownBy(() -> Target.of(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({"WS://example.org/", "wss://[::1]:8443/a?b=c"})
  void takesOtherSpellings(URI uri) {
    assertThat(Target.of(uri).uri()).isEqualTo(uri);
  }

  @Test
  void refusesHeadersThatForgeOthers() {
    assertThatThrownBy(() -> target.withHeader("X", "a\r\nY: b"))
        .hasMessageContaining("line break");
    assertThatThrownBy(() -> target.withHeader("X Y", "a")).hasMessageContaining("header name");
    assertThatThrownBy(() -> target.withHeader("Upgrade", "h2c"))
        .hasMessageContaining("set by the handshake");
  }

  @Test
  void cookiesShareOneHeader() {
    assertThat(target.withCookie("a", "1").withCookie("b", "2").headers())
        .singleElement()
        .isEqualTo(new Header("Cookie", "a=1; b=2"));
  }

  @Test
  void credentialsAreNotPrinted() {
    Target secret =
        target
            .withBasic("user", "pass")
            .withBearer("token")
            .withCookie("id", "crumb")
            .withTls(
                Tls.DEFAULT.withClientCertificate(java.nio.file.Path.of("c.p12"), null, "hush"));
    assertThat(secret.toString()).doesNotContain("dXNlcjpwYXNz", "token", "crumb", "hush");
    assertThat(secret.headers()).extracting(Header::secret).isEqualTo(List.of(true, true, true));
  }

  @Test
  void equalOptionsAreShared() {
    Target target = Target.of(URI.create("ws://example.org/"));
    Target.Limits limits = Target.Limits.DEFAULT;
    Target other = target.withLimits(new Target.Limits(limits.message(), limits.frame()));
    assertThat(other.limits()).isSameAs(limits);
    assertThat(target.withLimits(new Target.Limits(1, 1)).limits().message()).isEqualTo(1);
  }
}
