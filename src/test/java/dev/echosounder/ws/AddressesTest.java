package dev.echosounder.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echosounder.peer.Peer;
import dev.echosounder.servers.BlackHole;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of a host's addresses is dialled, and what one that does not answer costs. */
final class AddressesTest {
  private static Peer peer;
  private static Client client;

  @BeforeAll
  static void start() {
    peer = Peer.start();
    client = Client.create();
  }

  @AfterAll
  static void stop() {
    client.close();
    peer.close();
  }

  private static Target named(String addresses) {
    return Target.of(URI.create("ws://echo.invalid:" + peer.port() + "/echo"))
        .withRoute(Route.DIRECT.withResolve("Echo.INVALID:" + peer.port(), addresses));
  }

  private static Connection done(Target target) throws Exception {
    TimelineRecorder recorder = new TimelineRecorder(Listener.NONE);
    Connection connection = client.open(target, recorder);
    Opening opening = connection.opened().get(6, TimeUnit.SECONDS);
    if (opening instanceof Event.Upgraded) {
      connection.close(1000, "").get(5, TimeUnit.SECONDS);
    }
    recorder.assertPaired();
    return connection;
  }

  private static ConnectFailure failure(Target target) throws Exception {
    return (ConnectFailure) done(target).opened().get(1, TimeUnit.SECONDS);
  }

  private static <E extends Event> List<E> all(Class<E> kind, Connection connection) {
    return connection.timeline().events().stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  @Test
  void aFixedAddressNeedsNoLookUp() throws Exception {
    Connection connection = done(named("127.0.0.1"));
    assertThat(connection.timeline().phases()).containsKey(Phase.UPGRADE);
    assertThat(connection.timeline().phases()).doesNotContainKey(Phase.DNS);
    Header host =
        all(Event.Upgrading.class, connection).get(0).headers().stream()
            .filter(h -> h.name().equalsIgnoreCase("Host"))
            .findFirst()
            .orElseThrow();
    assertThat(host.value()).isEqualTo("echo.invalid:" + peer.port());
  }

  @Test
  void theNextAddressIsTriedAtOnceWhenOneRefuses() throws Exception {
    Connection connection = done(named("127.0.0.2, 127.0.0.1"));
    Event.NotConnected refused = all(Event.NotConnected.class, connection).get(0);
    assertThat(refused.remote()).isEqualTo(new InetSocketAddress("127.0.0.2", peer.port()));
    assertThat(refused.detail()).isEqualTo("Connection refused");
    assertThat(connection.timeline().phase(Phase.TCP)).get().matches(t -> t.toMillis() < 200);
  }

  @Test
  void aBlackHoleCostsTheHeadStartNotTheTimeout() throws Exception {
    try (BlackHole hole = BlackHole.at("127.0.0.2", peer.port())) {
      Connection connection = done(named("127.0.0.2,127.0.0.1"));
      List<Event.Connecting> begun = all(Event.Connecting.class, connection);
      assertThat(begun).hasSize(2);
      Duration apart = Duration.ofNanos(begun.get(1).nanos() - begun.get(0).nanos());
      assertThat(apart).isBetween(Race.HEAD_START, Duration.ofSeconds(2));
      Event.Connected won = all(Event.Connected.class, connection).get(0);
      assertThat(won.remote()).isEqualTo(begun.get(1).remote());
      assertThat(all(Event.NotConnected.class, connection))
          .singleElement()
          .returns(hole.address(), Event.NotConnected::remote)
          .returns("given up: another address answered first", Event.NotConnected::detail);
      // The phase is that of the address that answered.
      assertThat(connection.timeline().phase(Phase.TCP))
          .contains(Duration.ofNanos(won.nanos() - begun.get(1).nanos()));
    }
  }

  @Test
  void blackHolesAloneEndWithTheTimeout() throws Exception {
    try (BlackHole hole = BlackHole.at("127.0.0.2", 0)) {
      int port = hole.address().getPort();
      Target.Timeouts timeouts =
          new Target.Timeouts(
              Duration.ofMillis(700), Duration.ofMillis(700), Duration.ofMillis(700));
      Target target =
          Target.of(URI.create("ws://hole.invalid:" + port + "/"))
              .withTimeouts(timeouts)
              .withRoute(Route.DIRECT.withResolve("hole.invalid:" + port, "127.0.0.2,127.0.0.2"));
      assertThat(failure(target).detail()).isEqualTo("TCP did not connect within 700 ms");
    }
  }

  @Test
  void whenAllRefuseTheLastOneTells() throws Exception {
    Connection connection = done(named("127.0.0.2,127.0.0.3"));
    assertThat(all(Event.NotConnected.class, connection)).hasSize(2);
    assertThat(connection.opened().get(1, TimeUnit.SECONDS))
        .extracting(o -> ((ConnectFailure) o).cause())
        .isEqualTo(ConnectFailure.Cause.REFUSED);
  }

  @Test
  void theFamilyIsKept() throws Exception {
    Target both = named("127.0.0.1,::1");
    Target onlySix = both.withRoute(both.route().withFamily(Route.Family.IPV6));
    List<Event.Connecting> begun = all(Event.Connecting.class, done(onlySix));
    assertThat(begun).hasSize(1);
    assertThat(begun.get(0).remote()).isEqualTo(new InetSocketAddress(six(), peer.port()));
    Target four = named("127.0.0.1");
    ConnectFailure none = failure(four.withRoute(four.route().withFamily(Route.Family.IPV6)));
    assertThat(none.cause()).isEqualTo(ConnectFailure.Cause.DNS);
    assertThat(none.detail()).isEqualTo("echo.invalid has no IPv6 address; it is 127.0.0.1");
  }

  private static InetAddress six() throws Exception {
    byte[] bytes = new byte[16];
    bytes[15] = 1;
    return InetAddress.getByAddress(bytes);
  }

  @Test
  void theGuardJudgesWhatIsDialled() throws Exception {
    Guard onlyOne = address -> address.getAddress().getHostAddress().equals("127.0.0.1");
    Connection connection = done(named("127.0.0.2,127.0.0.1").withGuard(onlyOne));
    assertThat(all(Event.Connecting.class, connection)).hasSize(1);
    ConnectFailure blocked = failure(named("127.0.0.2").withGuard(onlyOne));
    assertThat(blocked.detail()).isEqualTo("echo.invalid is 127.0.0.2, which may not be dialled");
  }

  @ParameterizedTest
  @CsvSource({
    "a6 b6 c4 d4 e4, a6 c4 b6 d4 e4",
    "a4 b4 c6, a4 c6 b4",
    "a4, a4",
  })
  void familiesTakeTurns(String found, String order) throws Exception {
    assertThat(Resolver.inTurns(addresses(found))).isEqualTo(addresses(order));
  }

  private static List<InetAddress> addresses(String names) throws Exception {
    List<InetAddress> made = new ArrayList<>();
    for (String name : List.of(names.split(" "))) {
      byte[] bytes = new byte[name.endsWith("6") ? 16 : 4];
      Arrays.fill(bytes, (byte) name.charAt(0));
      made.add(InetAddress.getByAddress(bytes));
    }
    return made;
  }

  @ParameterizedTest
  @ValueSource(strings = {"h", "h:", "h:x", ":1", "a b:1", "::1:80", "h:1/x"})
  void hostsAndPortsThatAreNone(String text) {
    assertThatThrownBy(() -> Route.DIRECT.withResolve(text, "127.0.0.1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("expected HOST:PORT such as example.org:443, got");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost", "1.2.3.4.5", "127.0.0.1,", "127.0.0.1;::1", "1.2.3.400"})
  void addressesThatAreNone(String text) {
    assertThatThrownBy(() -> Route.DIRECT.withResolve("h:1", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("expected an IP address, got");
  }
}
