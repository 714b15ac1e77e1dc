package dev.echosounder.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.ws.Event;
import dev.echosounder.ws.Header;
import dev.echosounder.ws.Target;
import dev.echosounder.ws.Timelines;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SecretsTest {
  private final Secrets secrets = new Secrets();

  private void learn(String url) {
    secrets.learn(Target.of(URI.create(url)));
  }

  @Test
  void knowsNothingAtFirst() {
    assertThat(secrets.redact("s3cret")).isEqualTo("s3cret");
  }

  @Test
  void findsThePasswordOfTheUrlAndOfBasicCredentialsButNotTheUser() {
    learn("ws://ann:p%40ss-word@h/");
    secrets.learn(Target.of(URI.create("ws://h/")).withBasic("bob", "hunter22"));
    assertThat(secrets.redact("p@ss-word p%40ss-word hunter22 ann bob Ym9iOmh1bnRlcjIy"))
        .isEqualTo("<redacted> <redacted> <redacted> ann bob <redacted>");
  }

  @Test
  void findsTokensHeadersAndCookiesInEverySpelling() {
    learn("ws://h/?access_token=a%2Fb%2Bc1&room=7");
    Target target = Target.of(URI.create("ws://h/"));
    secrets.learn(target.withBearer("tok/en<1\"x"));
    secrets.learn(target.withHeader("X-Api-Key", "k3y-value").withCookie("id", "c00kie"));
    assertThat(secrets.redact("a%2Fb%2Bc1 a/b+c1 k3y-value c00kie tok/en<1\"x tok/en<1\\\"x"))
        .isEqualTo("<redacted> <redacted> <redacted> <redacted> <redacted> <redacted>");
    assertThat(secrets.redact("tok/en\\x3C1\\\"x")).isEqualTo("<redacted>");
    assertThat(secrets.redact("room=7 id Bearer X-Api-Key")).doesNotContain("redacted");
  }

  @Test
  void findsCookiesThatTheServerSet() {
    secrets.learn(
        Timelines.of(
            new Event.Upgraded(
                1,
                101,
                List.of(new Header("Set-Cookie", "sid=abc-123; Path=/")),
                null,
                List.of())));
    assertThat(secrets.redact("now abc-123 on Path=/")).isEqualTo("now <redacted> on Path=/");
  }

  @Test
  void shortSecretsAreHiddenAsWordsOnly() {
    secrets.learn(Target.of(URI.create("ws://h/")).withBearer("t"));
    assertThat(secrets.redact("t at the")).isEqualTo("<redacted> at the");
  }
}
