package dev.echosounder.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.auth.ClientCredentials;
import dev.echosounder.auth.OAuth2;
import dev.echosounder.ws.Authorization;
import dev.echosounder.ws.Event;
import dev.echosounder.ws.Header;
import dev.echosounder.ws.Proxy;
import dev.echosounder.ws.Route;
import dev.echosounder.ws.Target;
import dev.echosounder.ws.Timelines;
import dev.echosounder.ws.Tls;
import java.net.URI;
import java.nio.file.Path;
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
  void findsThePasswordOfAProxyInEverySpellingButNotItsUser() {
    Proxy proxy = Proxy.of("http://127.0.0.1:3128").withCredentials("carol", "pr0xy pass");
    secrets.learn(Target.of(URI.create("ws://h/")).withRoute(Route.DIRECT.withProxy(proxy)));
    assertThat(secrets.redact("pr0xy pass, pr0xy+pass, Y2Fyb2w6cHIweHkgcGFzcw==, carol"))
        .isEqualTo("<redacted>, <redacted>, <redacted>, carol");
  }

  @Test
  void findsThePasswordOfAKeyFileAndTheSecretOfAnOAuth2Client() {
    Tls tls = Tls.DEFAULT.withClientCertificate(Path.of("c.p12"), null, "changeit");
    Authorization token =
        new ClientCredentials(OAuth2.of(URI.create("https://h/token"), "probe", "cl13nt"));
    secrets.learn(Target.of(URI.create("wss://h/")).withTls(tls).withAuthorization(token));
    assertThat(secrets.redact("changeit cl13nt probe c.p12"))
        .isEqualTo("<redacted> <redacted> probe c.p12");
  }

  @Test
  void findsTheTokenThatWasFetched() {
    secrets.learn(
        Timelines.of(
            new Event.Upgrading(
                1, "GET / HTTP/1.1", List.of(new Header("Authorization", "Bearer f3tched")))));
    assertThat(secrets.redact("the token f3tched")).isEqualTo("the token <redacted>");
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
