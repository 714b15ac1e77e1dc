package dev.echosounder.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which redirect is followed where to, and what goes along. */
final class RedirectTest {
  private static final URI FROM = URI.create("wss://a.example/x/y?z=1");

  private static Target target(URI uri) {
    return Target.of(uri)
        .withBasic("ann", "s3cret")
        .withCookie("session", "1")
        .withHeader("X-Api-Key", "k")
        .withHeader("User-Agent", "Probe/1")
        .withHeader("Origin", "https://a.example")
        .withSubprotocols(List.of("chat"))
        .withTls(
            Tls.DEFAULT
                .withCa(Path.of("ca.pem"))
                .withServerName("inner.example")
                .withClientCertificate(Path.of("c.pem"), null, "p"))
        .withRoute(Route.DIRECT.withRedirects(3));
  }

  private static ConnectFailure answer(int status, String location) {
    return new ConnectFailure(
        ConnectFailure.Cause.REDIRECT,
        status + " to " + location,
        new ConnectFailure.Response(
            status, List.of(new Header("Location", location)), Bytes.EMPTY));
  }

  private static Redirect.Next after(URI from, String location, URI... before) {
    return Redirect.after(answer(302, location), target(from), List.of(before));
  }

  private static String detail(Redirect.Next next) {
    return ((Redirect.Next.End) next).failure().detail();
  }

  @ParameterizedTest
  @CsvSource({
    "/b, wss://a.example/b",
    "b, wss://a.example/x/b",
    "?q=2, wss://a.example/x/?q=2",
    "//c.example/b, wss://c.example/b",
    "https://c.example:8443/b?q#part, wss://c.example:8443/b?q",
    "HTTPS://c.example/, wss://c.example/",
    "wss://c.example/, wss://c.example/",
  })
  void aLocationIsResolved(String location, URI to) {
    assertThat(after(FROM, location))
        .asInstanceOf(type(Redirect.Next.Hop.class))
        .returns(to, hop -> hop.target().uri())
        .returns(List.of(FROM), Redirect.Next.Hop::before)
        .returns(302, Redirect.Next.Hop::status);
  }

  @Test
  void everythingGoesAlongOnTheSameOrigin() {
    Redirect.Next next = after(FROM, "https://A.example:443/b");
    assertThat(((Redirect.Next.Hop) next).target())
        .isEqualTo(target(FROM).at(URI.create("wss://A.example:443/b")));
  }

  @ParameterizedTest
  @CsvSource({"https://b.example/", "https://a.example:444/"})
  void noSecretGoesAlongToAnother(String location) {
    Target next = ((Redirect.Next.Hop) after(FROM, location)).target();
    assertThat(next.headers()).extracting(Header::name).containsExactly("User-Agent", "Origin");
    assertThat(next.tls()).isEqualTo(Tls.DEFAULT.withCa(Path.of("ca.pem")));
    assertThat(next.subprotocols()).containsExactly("chat");
    assertThat(next.route()).isEqualTo(target(FROM).route());
    URI plain = URI.create("ws://a.example/");
    Target upgraded = ((Redirect.Next.Hop) after(plain, "wss://a.example/")).target();
    assertThat(upgraded.headers()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "http://a.example/, 'not followed from wss to ws'",
    "ws://b.example/, 'not followed from wss to ws'",
    "mailto:ann@a.example, 'which is no URL to follow'",
    "ftp://a.example/, 'which is no URL to follow'",
    "https://ann:p@a.example/, 'which is no URL to follow'",
    "'https://a b/', 'which is no URL to follow'",
    "y?z=1, 'a loop: wss://a.example/x/y?z=1 → y?z=1'",
  })
  void whatIsNotFollowedSaysWhy(String location, String why) {
    assertThat(detail(after(FROM, location))).startsWith("302 to " + location).contains(why);
  }

  @Test
  void theLimitTellsTheChain() {
    URI one = URI.create("wss://a.example/1");
    URI two = URI.create("wss://a.example/2");
    URI three = URI.create("wss://a.example/3");
    assertThat(detail(after(FROM, "/4", one, two, three)))
        .isEqualTo(
            "302 to /4; more redirects than the 3 allowed: wss://a.example/1 → wss://a.example/2"
                + " → wss://a.example/3 → wss://a.example/x/y?z=1 → /4");
    assertThat(detail(after(FROM, "/1", one))).contains("a loop");
  }

  @Test
  void nothingIsFollowedUnlessAskedTo() {
    ConnectFailure seen = answer(302, "/b");
    Redirect.Next off = Redirect.after(seen, Target.of(FROM), List.of());
    assertThat(off).isEqualTo(new Redirect.Next.End(seen));
    ConnectFailure choice = answer(300, "/b");
    Redirect.Next other = Redirect.after(choice, target(FROM), List.of());
    assertThat(other).isEqualTo(new Redirect.Next.End(choice));
  }

  @Test
  void aUnixSocketIsOneServersOnly() {
    Route route = Route.DIRECT.withRedirects(3).withUnixSocket(Path.of("s"));
    Target target = target(FROM).withRoute(route);
    assertThat(detail(Redirect.after(answer(302, "https://b.example/"), target, List.of())))
        .contains("not followed to another server than the unix socket's");
    assertThat(Redirect.after(answer(302, "/b"), target, List.of()))
        .isInstanceOf(Redirect.Next.Hop.class);
  }

  @Test
  void aLaterFailureTellsTheChain() {
    ConnectFailure refused =
        new ConnectFailure(ConnectFailure.Cause.REFUSED, "Connection refused", null);
    URI one = URI.create("wss://a.example/1");
    assertThat(detail(Redirect.after(refused, target(FROM), List.of(one))))
        .isEqualTo("Connection refused; redirected: wss://a.example/1 → wss://a.example/x/y?z=1");
  }
}
