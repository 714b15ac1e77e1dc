package dev.echosounder.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.echosounder.peer.Peer;
import dev.echosounder.servers.Certificates;
import dev.echosounder.servers.EchoServer;
import dev.echosounder.servers.ForwardProxy;
import dev.echosounder.servers.Leaf;
import dev.echosounder.servers.ServerKind;
import dev.echosounder.servers.TlsProxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Through a real proxy that is spoken to over TLS: HAProxy before tinyproxy. */
@Tag("surroundings")
final class TlsProxyIT {
  @TempDir private static Path directory;
  private static Certificates certificates;
  private static Peer plain;
  private static Peer secure;
  private static Client client;
  private static EchoServer proxy;

  @BeforeAll
  static void start() {
    certificates = new Certificates(directory);
    plain = Peer.start();
    secure = Peer.start(Peer.Options.defaults().withTls(certificates.server(Leaf.VALID)));
    client = Client.create();
    proxy = TlsProxy.start(certificates, Leaf.VALID).orSkip();
  }

  @AfterAll
  static void stop() {
    client.close();
    plain.close();
    secure.close();
    if (proxy != null) {
      proxy.close();
    }
  }

  private static Proxy at(String scheme, String host, EchoServer running) {
    return Proxy.of(scheme + "://" + host + ":" + running.uri().getPort())
        .withCredentials(ForwardProxy.USER, ForwardProxy.PASSWORD);
  }

  private static Target through(Proxy proxy, URI uri) {
    return Target.of(uri)
        .withTls(Tls.DEFAULT.withCa(certificates.authority()))
        .withRoute(Route.DIRECT.withProxy(proxy));
  }

  private static ConnectFailure failure(Target target) throws Exception {
    TimelineRecorder recorder = new TimelineRecorder(Listener.NONE);
    Connection connection = client.open(target, recorder);
    Opening opening = connection.opened().get(8, TimeUnit.SECONDS);
    assertThat(opening).isInstanceOf(ConnectFailure.class);
    recorder.assertPaired();
    return (ConnectFailure) opening;
  }

  private static void proxys(ConnectFailure failure, String part) {
    assertThat(failure.cause()).isEqualTo(ConnectFailure.Cause.PROXY);
    assertThat(failure.detail()).startsWith("the proxy https://").contains(part);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost"})
  void opensATunnelForWsAndForTlsWithinTls(String host) throws Exception {
    for (URI uri : List.of(plain.uri("/echo"), secure.uri("/echo"))) {
      Inbox inbox = new Inbox();
      TimelineRecorder recorder = new TimelineRecorder(inbox);
      Connection connection = client.open(through(at("https", host, proxy), uri), recorder);
      assertThat(connection.opened().get(8, TimeUnit.SECONDS)).isInstanceOf(Event.Upgraded.class);
      connection.sendText("x".repeat(200_000)).get(5, TimeUnit.SECONDS);
      assertThat(inbox.next(Duration.ofSeconds(5)))
          .get()
          .asInstanceOf(type(Message.Text.class))
          .returns("x".repeat(200_000), Message.Text::text);
      Ending ending = connection.close(1000, "").get(5, TimeUnit.SECONDS);
      assertThat(ending.clean()).isTrue();
      recorder.assertPaired();
      assertThat(connection.timeline().events().stream().map(e -> e.getClass().getSimpleName()))
          .containsSubsequence("Connected", "Tunnelling", "Tunnelled", "Upgrading", "Upgraded");
      // TLS with the proxy is a part of the way, not the server's.
      assertThat(connection.timeline().phase(Phase.TLS).isPresent())
          .isEqualTo(uri.getScheme().equals("wss"));
    }
  }

  @Test
  void oneWhomNobodyVouchesForGetsNoCredentialsEvenIfTheServerIsNotVerified() throws Exception {
    Target target = through(at("https", "127.0.0.1", proxy), secure.uri("/echo"));
    for (Tls tls : List.of(Tls.DEFAULT, Tls.DEFAULT.withoutVerification())) {
      proxys(
          failure(target.withTls(tls)),
          ": TLS with it failed: unable to find valid certification path to requested target");
    }
  }

  @Test
  void theNameInItsCertificateMustBeItsOwn() throws Exception {
    try (EchoServer other = TlsProxy.start(certificates, Leaf.WRONG_HOST).orSkip()) {
      Target target = through(at("https", "127.0.0.1", other), plain.uri("/echo"));
      proxys(failure(target), "No subject alternative names matching IP address 127.0.0.1");
    }
  }

  @Test
  void oneThatDoesNotSpeakTlsSaysSo() throws Exception {
    // Netty's server, which knows at once that this is no HTTP.
    try (EchoServer bare = ServerKind.NETTY.startOrSkip()) {
      Target target = through(at("https", "127.0.0.1", bare), plain.uri("/echo"));
      proxys(failure(target), ": TLS with it failed: ");
    }
  }

  @Test
  void oneThatWaitsForTheEndOfALineIsAskedAboutTls() throws Exception {
    try (EchoServer bare = ForwardProxy.HTTP.start().orSkip()) {
      Target target = through(at("https", "127.0.0.1", bare), plain.uri("/echo"));
      Duration second = Duration.ofSeconds(1);
      Target.Timeouts soon = new Target.Timeouts(Duration.ofMillis(500), second, second);
      proxys(
          failure(target.withTimeouts(soon)),
          "it did not open the tunnel within 500 ms: does it speak TLS on this port?");
    }
  }

  @Test
  void itsRefusalAndTheServersFailuresAreToldApart() throws Exception {
    Proxy wrong = at("https", "127.0.0.1", proxy).withCredentials("ann", "wrong");
    proxys(failure(through(wrong, plain.uri("/echo"))), " answered 401 ");
    Proxy right = at("https", "127.0.0.1", proxy);
    assertThat(failure(through(right, plain.uri("/refuse/503"))).cause())
        .isEqualTo(ConnectFailure.Cause.HTTP_STATUS);
    Peer.Options options = Peer.Options.defaults().withTls(certificates.server(Leaf.UNTRUSTED));
    try (Peer stranger = Peer.start(options)) {
      assertThat(failure(through(right, stranger.uri("/echo"))).cause())
          .isEqualTo(ConnectFailure.Cause.TLS_UNTRUSTED);
    }
  }
}
