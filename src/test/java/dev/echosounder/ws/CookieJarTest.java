package dev.echosounder.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom a cookie goes back to (RFC 6265 §5). */
final class CookieJarTest {
  private final CookieJar jar = new CookieJar();

  private void set(String from, String line) {
    jar.keep(URI.create(from), List.of(new Header("Set-Cookie", line)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // A cookie without a domain is for its very host; ports and schemes don't matter.
        "ws://chat.example/a   | a=1                       | ws://chat.example/b          | true",
        "ws://chat.example/    | a=1                       | wss://chat.example:8443/      | true",
        "ws://chat.example/    | a=1                       | ws://other.example/           | false",
        "ws://chat.example/    | a=1                       | ws://a.chat.example/          | false",
        "ws://127.0.0.1/       | a=1                       | ws://127.0.0.2/               | false",
        "ws://chat.example/    | a=1; Domain=example       | ws://other.example/           | false",
        "ws://a.b.example/     | a=1; Domain=b.example     | ws://c.b.example/             | true",
        "ws://a.b.example/     | a=1; Domain=b.example     | ws://cb.example/              | false",
        "ws://a.b.example/     | a=1; Domain=c.example     | ws://c.example/               | false",
        "ws://a.b.example/     | a=1; Domain=c.example     | ws://a.b.example/             | false",
        "wss://chat.example/   | a=1; Secure               | ws://chat.example/            | false",
        "wss://chat.example/   | a=1; Secure               | wss://chat.example/           | true",
        "ws://chat.example/    | a=1; Secure               | wss://chat.example/           | true",
        "ws://chat.example/    | a=1; Path=/room           | ws://chat.example/room/7      | true",
        "ws://chat.example/    | a=1; Path=/room           | ws://chat.example/roommate    | false",
        "ws://chat.example/x/y | a=1                       | ws://chat.example/x/z         | true",
        "ws://chat.example/x/y | a=1                       | ws://chat.example/z           | false",
        "ws://chat.example     | a=1                       | ws://chat.example             | true",
        "ws://chat.example/    | a=1; HttpOnly             | ws://chat.example/            | true",
        "ws://chat.example/    | a=1; Max-Age=0            | ws://chat.example/            | false",
        "ws://chat.example/    | a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT | ws://chat.example/ | false",
        "ws://chat.example/    | nonsense                  | ws://chat.example/            | false",
      })
  void goesBackByHostPathSecurityAndAge(String from, String line, String to, boolean sent) {
    set(from, line);
    assertThat(jar.cookies(URI.create(to)).containsKey("a")).isEqualTo(sent);
  }

  @Test
  void aLaterValueReplacesTheFirstAndAnExpiredOneRemovesIt() {
    set("ws://chat.example/", "a=1");
    set("ws://chat.example/", "a=2");
    assertThat(jar.cookies(URI.create("ws://chat.example/"))).containsEntry("a", "2");
    set("ws://chat.example/", "a=2; Max-Age=0");
    assertThat(jar.cookies(URI.create("ws://chat.example/"))).isEmpty();
  }

  @Test
  void whatTheTargetSendsItselfStaysAsItIs() {
    set("ws://chat.example/", "seat=17");
    set("ws://chat.example/", "at=1");
    Target target = Target.of(URI.create("ws://chat.example/")).withCookie("seat", "3");
    assertThat(Header.first(jar.applied(target).headers(), "Cookie")).hasValue("seat=3; at=1");
    jar.clear();
    assertThat(jar.applied(target)).isEqualTo(target);
  }
}
