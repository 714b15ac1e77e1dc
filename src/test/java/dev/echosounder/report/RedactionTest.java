package dev.echosounder.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.ws.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RedactionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "token",
        "access_token",
        "accessToken",
        "api-key",
        "apikey",
        "X-Amz-Signature",
        "sig",
        "client_secret",
        "PASSWORD",
        "auth"
      })
  void queryValuesOfCredentialNamesAreHidden(String name) {
    assertThat(Redaction.text("wss://h/p?a=1&" + name + "=s3cret&b=2"))
        .isEqualTo("wss://h/p?a=1&" + name + "=<redacted>&b=2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"room", "monkey", "author", "keyboard", "design"})
  void otherNamesAreNot(String name) {
    String url = "wss://h/p?" + name + "=open";
    assertThat(Redaction.text(url)).isEqualTo(url);
  }

  @Test
  void userPartIsHiddenEvenWithAnAtSignInThePassword() {
    assertThat(Redaction.text("see ws://me:p@ss@host/x")).isEqualTo("see ws://<redacted>@host/x");
    assertThat(Redaction.text("ws://host/x@y")).isEqualTo("ws://host/x@y");
  }

  @Test
  void dollarAndBackslashInAValueArePlain() {
    assertThat(Redaction.text("/?room=$1\\2")).isEqualTo("/?room=$1\\2");
  }

  @Test
  void headersAreHiddenByNature() {
    assertThat(Redaction.value(new Header("cookie", "a=b"))).isEqualTo("<redacted>");
    assertThat(Redaction.value(new Header("X-Auth-Token", "t"))).isEqualTo("<redacted>");
    assertThat(Redaction.value(new Header("Sec-WebSocket-Key", "n"))).isEqualTo("n");
    assertThat(Redaction.value(new Header("Origin", "https://u:p@h"))).doesNotContain("u:p");
  }
}
