package dev.echosounder.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.servers.Certificates;
import dev.echosounder.servers.Crossroads;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** nginx on a unix socket, and nginx that redirects. */
final class CrossroadsIT {
  @TempDir private static Path directory;
  private static Certificates certificates;
  private static Crossroads nginx;
  private static Client client;

  @BeforeAll
  static void start() {
    certificates = new Certificates(directory);
    nginx = Crossroads.startOrSkip(certificates, directory.resolve("echo.sock"));
    client = Client.create();
  }

  @AfterAll
  static void stop() {
    if (nginx != null) {
      client.close();
      nginx.close();
    }
  }

  private static Target at(URI base, String path) {
    return Target.of(base.resolve(path))
        .withTls(Tls.DEFAULT.withCa(certificates.authority()))
        .withBasic("ann", "s3cret")
        .withCookie("session", "4711")
        .withHeader("X-Api-Key", "key")
        .withHeader("User-Agent", "Probe/1")
        .withRoute(Route.DIRECT.withRedirects(3));
  }

  private static Connection done(Target target) throws Exception {
    Inbox inbox = new Inbox();
    TimelineRecorder recorder = new TimelineRecorder(inbox);
    Connection connection = client.open(target, recorder);
    if (connection.opened().get(8, TimeUnit.SECONDS) instanceof Event.Upgraded) {
      connection.sendText("Hello").get(5, TimeUnit.SECONDS);
      assertThat(inbox.next(Duration.ofSeconds(5))).isPresent();
      Ending ending = connection.close(1000, "").get(5, TimeUnit.SECONDS);
      // What became of the sockets of earlier hops is not the connection's end.
      assertThat(ending.cause()).isEqualTo(Ending.Cause.CLOSED_BY_US);
    }
    recorder.assertPaired();
    return connection;
  }

  private static Event.Upgraded upgraded(Connection connection) throws Exception {
    Opening opening = connection.opened().get(1, TimeUnit.SECONDS);
    assertThat(opening).isInstanceOf(Event.Upgraded.class);
    return (Event.Upgraded) opening;
  }

  private static ConnectFailure failure(Target target) throws Exception {
    return (ConnectFailure) done(target).opened().get(1, TimeUnit.SECONDS);
  }

  private static List<String> hops(Connection connection) {
    return connection.timeline().events().stream()
        .filter(e -> e instanceof Event.Redirected)
        .map(e -> ((Event.Redirected) e).to().toString())
        .toList();
  }

  @Test
  void aUnixSocketIsDialledInsteadOfTheHost() throws Exception {
    Target target = at(URI.create("ws://echo.invalid/"), "/echo");
    Connection connection = done(target.withRoute(Route.DIRECT.withUnixSocket(nginx.socket())));
    upgraded(connection);
    assertThat(connection.timeline().phases()).containsKeys(Phase.TCP, Phase.UPGRADE);
    assertThat(connection.timeline().phases()).doesNotContainKey(Phase.DNS);
    Route nowhere = Route.DIRECT.withUnixSocket(directory.resolve("nobody.sock"));
    ConnectFailure missing = failure(target.withRoute(nowhere));
    assertThat(missing.cause()).isEqualTo(ConnectFailure.Cause.REFUSED);
    assertThat(missing.detail()).isEqualTo("No such file or directory");
  }

  @Test
  void theSameOriginKeepsCredentials() throws Exception {
    Connection connection = done(at(nginx.uri(), "/hop"));
    Event.Upgraded open = upgraded(connection);
    assertThat(hops(connection))
        .containsExactly(nginx.uri().resolve("/here").toString(), nginx.uri() + "echo");
    assertThat(open.header("X-Seen-Authorization")).contains("Basic YW5uOnMzY3JldA==");
    assertThat(open.header("X-Seen-Cookie")).contains("session=4711");
    assertThat(open.header("X-Seen-Key")).contains("key");
    List<Event> events = connection.timeline().events();
    assertThat(events.stream().filter(e -> e instanceof Event.Upgrading)).hasSize(3);
    assertThat(events.stream().filter(e -> e instanceof Event.Connected)).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({"/away, ws://localhost:", "/up, wss://127.0.0.1:"})
  void anotherOriginGetsNone(String path, String to) throws Exception {
    Connection connection = done(at(nginx.uri(), path));
    Event.Upgraded open = upgraded(connection);
    assertThat(hops(connection)).singleElement().asString().startsWith(to);
    assertThat(open.header("X-Seen-Authorization")).isEmpty();
    assertThat(open.header("X-Seen-Cookie")).isEmpty();
    assertThat(open.header("X-Seen-Key")).isEmpty();
    assertThat(open.header("X-Seen-Agent")).contains("Probe/1");
  }

  @Test
  void phasesAreTheSumOverAllHops() throws Exception {
    Connection connection = done(at(nginx.uri(), "/hop"));
    long begun = 0;
    long sum = 0;
    for (Event event : connection.timeline().events()) {
      if (event instanceof Event.Upgrading) {
        begun = event.nanos();
      } else if (event instanceof Event.Redirected || event instanceof Event.Upgraded) {
        sum += event.nanos() - begun;
      }
    }
    assertThat(connection.timeline().phase(Phase.UPGRADE)).contains(Duration.ofNanos(sum));
  }

  @ParameterizedTest
  @CsvSource({
    "/loop, 'a loop: '",
    "/mail, 'which is no URL to follow'",
  })
  void whatIsNotFollowedIsARedirect(String path, String detail) throws Exception {
    ConnectFailure failure = failure(at(nginx.uri(), path));
    assertThat(failure.cause()).isEqualTo(ConnectFailure.Cause.REDIRECT);
    assertThat(failure.detail()).contains(detail);
    assertThat(failure.response()).isNotNull();
  }

  @Test
  void theLimitIsKept() throws Exception {
    Target target = at(nginx.uri(), "/hop");
    ConnectFailure one = failure(target.withRoute(target.route().withRedirects(1)));
    assertThat(one.cause()).isEqualTo(ConnectFailure.Cause.REDIRECT);
    assertThat(one.detail())
        .endsWith(
            "more redirects than the 1 allowed: %shop → %shere → /echo"
                .formatted(nginx.uri(), nginx.uri()));
    ConnectFailure off = failure(target.withRoute(Route.DIRECT));
    assertThat(off.detail()).isEqualTo("308 Permanent Redirect to /here");
  }

  @Test
  void encryptionIsNotGivenUp() throws Exception {
    ConnectFailure failure = failure(at(nginx.secure(), "/down"));
    assertThat(failure.cause()).isEqualTo(ConnectFailure.Cause.REDIRECT);
    assertThat(failure.detail()).contains("not followed from wss to ws");
  }

  @Test
  void theGuardIsAskedAgain() throws Exception {
    Guard loopback = address -> address.getAddress().isLoopbackAddress();
    ConnectFailure inside = failure(at(nginx.uri(), "/inside").withGuard(loopback));
    assertThat(inside.cause()).isEqualTo(ConnectFailure.Cause.BLOCKED);
    assertThat(inside.detail())
        .startsWith("10.0.0.1 is 10.0.0.1, which may not be dialled; redirected: ");
    ConnectFailure nobody = failure(at(nginx.uri(), "/nobody"));
    assertThat(nobody.cause()).isEqualTo(ConnectFailure.Cause.REFUSED);
  }
}
