package dev.echosounder.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.peer.Peer;
import dev.echosounder.servers.Certificates;
import dev.echosounder.servers.EchoServer;
import dev.echosounder.servers.ForwardProxy;
import dev.echosounder.servers.Leaf;
import java.net.InetSocketAddress;
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
import org.junit.jupiter.params.provider.EnumSource;

/** Through real proxies: tinyproxy and microsocks. */
final class ProxyIT {
  private static final String SECRET_PAIR = "YW5uOnMzY3JldA";

  @TempDir private static Path directory;
  private static Certificates certificates;
  private static Peer plain;
  private static Peer secure;
  private static Client client;

  @BeforeAll
  static void start() {
    certificates = new Certificates(directory);
    plain = Peer.start();
    secure = Peer.start(Peer.Options.defaults().withTls(certificates.server(Leaf.VALID)));
    client = Client.create();
  }

  @AfterAll
  static void stop() {
    client.close();
    plain.close();
    secure.close();
  }

  private static Proxy at(ForwardProxy kind, EchoServer running) {
    String scheme = kind == ForwardProxy.SOCKS ? "socks5" : "http";
    return Proxy.of(scheme + "://127.0.0.1:" + running.uri().getPort());
  }

  private static Target through(Proxy proxy, URI uri) {
    return Target.of(uri)
        .withTls(Tls.DEFAULT.withCa(certificates.authority()))
        .withRoute(Route.DIRECT.withProxy(proxy));
  }

  private static Proxy known(Proxy proxy) {
    return proxy.withCredentials(ForwardProxy.USER, ForwardProxy.PASSWORD);
  }

  private static URI named(URI uri) {
    return URI.create(uri.toString().replace("127.0.0.1", "localhost"));
  }

  private static ConnectFailure failure(Target target) throws Exception {
    TimelineRecorder recorder = new TimelineRecorder(Listener.NONE);
    Connection connection = client.open(target, recorder);
    Opening opening = connection.opened().get(8, TimeUnit.SECONDS);
    assertThat(opening).isInstanceOf(ConnectFailure.class);
    recorder.assertPaired();
    String all = connection.timeline().events() + target.toString();
    assertThat(all).doesNotContain(ForwardProxy.PASSWORD, SECRET_PAIR);
    return (ConnectFailure) opening;
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP", "SOCKS"})
  void opensATunnelForWsAndWss(ForwardProxy kind) throws Exception {
    try (EchoServer running = kind.start().orSkip()) {
      Proxy proxy = known(at(kind, running));
      for (URI uri : List.of(plain.uri("/echo"), named(plain.uri("/echo")), secure.uri("/echo"))) {
        echoes(through(proxy, uri), proxy);
      }
      // The name is for the proxy to look up, and for TLS to verify.
      echoes(through(proxy, named(secure.uri("/echo"))), proxy);
    }
  }

  private static void echoes(Target target, Proxy proxy) throws Exception {
    Inbox inbox = new Inbox();
    TimelineRecorder recorder = new TimelineRecorder(inbox);
    Connection connection = client.open(target, recorder);
    assertThat(connection.opened().get(8, TimeUnit.SECONDS)).isInstanceOf(Event.Upgraded.class);
    connection.sendText("Hello").get(5, TimeUnit.SECONDS);
    assertThat(inbox.next(Duration.ofSeconds(5))).get().isInstanceOf(Message.Text.class);
    connection.close(1000, "").get(5, TimeUnit.SECONDS);
    recorder.assertPaired();
    List<Event> events = connection.timeline().events();
    assertThat(events.toString()).doesNotContain(ForwardProxy.PASSWORD, SECRET_PAIR);
    Event.Connected connected = the(Event.Connected.class, events);
    assertThat(((InetSocketAddress) connected.remote()).getPort()).isEqualTo(proxy.port());
    Event.Tunnelling asked = the(Event.Tunnelling.class, events);
    Event.Tunnelled open = the(Event.Tunnelled.class, events);
    assertThat(asked.server()).isEqualTo(target.uri().getAuthority());
    assertThat(the(Event.Upgrading.class, events).requestLine()).isEqualTo("GET /echo HTTP/1.1");
    Event.Connecting began = the(Event.Connecting.class, events);
    Duration tunnel = Duration.ofNanos(open.nanos() - asked.nanos());
    Duration tcp = Duration.ofNanos(connected.nanos() - began.nanos());
    assertThat(connection.timeline().phase(Phase.TCP)).contains(tcp.plus(tunnel));
    assertThat(connection.timeline().phase(Phase.DNS)).isEmpty();
  }

  private static <E extends Event> E the(Class<E> kind, List<Event> events) {
    List<E> found = events.stream().filter(kind::isInstance).map(kind::cast).toList();
    assertThat(found).as("%s in %s", kind, events).hasSize(1);
    return found.get(0);
  }

  @Test
  void whatTinyproxyAnswersIsTold() throws Exception {
    try (EchoServer any = ForwardProxy.HTTP.start().orSkip();
        EchoServer only443 = ForwardProxy.HTTP_TO_443.start().orSkip()) {
      Proxy proxy = at(ForwardProxy.HTTP, any);
      URI uri = plain.uri("/echo");
      ConnectFailure unknown = failure(through(proxy, uri));
      assertThat(unknown.cause()).isEqualTo(ConnectFailure.Cause.PROXY);
      assertThat(unknown.detail())
          .isEqualTo(
              "the proxy %s answered 407 Proxy Authentication Required to CONNECT %s"
                  .formatted(proxy, uri.getAuthority()));
      ConnectFailure.Response answer = unknown.response();
      assertThat(answer).isNotNull();
      assertThat(answer.header("Proxy-Authenticate")).isPresent();
      assertProxy(failure(through(proxy.withCredentials("ann", "wrong"), uri)), " answered 401 ");
      assertProxy(failure(through(known(at(ForwardProxy.HTTP, only443)), uri)), " answered 403 ");
      URI dead = URI.create("ws://127.0.0.1:1/");
      assertProxy(failure(through(known(proxy), dead)), " answered 500 Unable to connect ");
    }
  }

  @Test
  void whatMicrosocksAnswersIsTold() throws Exception {
    try (EchoServer running = ForwardProxy.SOCKS.start().orSkip()) {
      Proxy proxy = at(ForwardProxy.SOCKS, running);
      URI uri = plain.uri("/echo");
      assertProxy(failure(through(proxy, uri)), "it wants credentials, and none are given");
      assertProxy(
          failure(through(proxy.withCredentials("ann", "wrong"), uri)),
          "it refused the user or the password");
      assertProxy(
          failure(through(known(proxy), URI.create("wss://127.0.0.1:1/"))),
          "it could not reach 127.0.0.1:1: 5, connection refused");
    }
  }

  private static void assertProxy(ConnectFailure failure, String part) {
    assertThat(failure.cause()).isEqualTo(ConnectFailure.Cause.PROXY);
    assertThat(failure.detail()).startsWith("the proxy ").contains(part);
  }

  @Test
  void behindTheTunnelFailuresAreTheServers() throws Exception {
    try (EchoServer running = ForwardProxy.HTTP.start().orSkip()) {
      Proxy proxy = known(at(ForwardProxy.HTTP, running));
      assertThat(failure(through(proxy, plain.uri("/refuse/503"))).cause())
          .isEqualTo(ConnectFailure.Cause.HTTP_STATUS);
      Target stranger = through(proxy, secure.uri("/echo")).withTls(Tls.DEFAULT);
      assertThat(failure(stranger).cause()).isEqualTo(ConnectFailure.Cause.TLS_UNTRUSTED);
    }
  }
}
