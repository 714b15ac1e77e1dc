package dev.echosounder.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.servers.Certificates;
import dev.echosounder.servers.EchoServer;
import dev.echosounder.servers.Http2Script;
import dev.echosounder.servers.JettyEcho;
import dev.echosounder.servers.JettyHttp2;
import dev.echosounder.servers.Leaf;
import dev.echosounder.servers.Nginx;
import dev.echosounder.ws.ConnectFailure.Cause;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** WebSocket over HTTP/2 against servers of others: what opens, what does not, how it ends. */
final class Http2Test {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Target.Timeouts SHORT =
      new Target.Timeouts(Duration.ofSeconds(10), Duration.ofMillis(700), Duration.ofMillis(500));

  @TempDir private static Path directory = Path.of("");

  private static Certificates certificates;
  private static EchoServer clear;
  private static EchoServer tls;
  private static Http2Script script;
  private static Client client;

  @BeforeAll
  static void start() {
    certificates = new Certificates(directory);
    clear = JettyHttp2.clear();
    tls = JettyHttp2.tls(certificates.server(Leaf.VALID));
    script = Http2Script.start();
    client = Client.create();
  }

  @AfterAll
  static void stop() {
    client.close();
    script.close();
    tls.close();
    clear.close();
  }

  private static Target at(URI uri) {
    return Target.of(uri)
        .withHttp(HttpVersion.HTTP_2)
        .withTimeouts(SHORT)
        .withTls(Tls.DEFAULT.withCa(certificates.authority()));
  }

  private static <T> T await(CompletableFuture<T> future) throws Exception {
    return future.get(5, TimeUnit.SECONDS);
  }

  private static Connection open(Target target, Listener listener) throws Exception {
    Connection connection = client.open(target, listener);
    assertThat(await(connection.opened())).isInstanceOf(Event.Upgraded.class);
    return connection;
  }

  private static Ending ending(Connection connection) throws Exception {
    try {
      return await(connection.ended());
    } catch (TimeoutException e) {
      throw new AssertionError("no end: " + connection.timeline().events(), e);
    }
  }

  private static ConnectFailure failure(Target target) throws Exception {
    TimelineRecorder recorder = new TimelineRecorder(Listener.NONE);
    Opening opening = await(client.open(target, recorder).opened());
    assertThat(opening).isInstanceOf(ConnectFailure.class);
    recorder.assertPaired();
    return (ConnectFailure) opening;
  }

  private static void echoes(Target target, Phase... phases) throws Exception {
    Inbox inbox = new Inbox();
    TimelineRecorder recorder = new TimelineRecorder(inbox);
    Connection connection = open(target.withSubprotocols(List.of("x", "echo.v1")), recorder);
    Event.Upgraded upgraded = (Event.Upgraded) await(connection.opened());
    assertThat(upgraded.status()).isEqualTo(200);
    assertThat(upgraded.subprotocol()).isEqualTo("echo.v1");
    await(connection.sendText("Hello"));
    assertThat(inbox.next(PATIENCE)).get().extracting(Message::size).isEqualTo(5);
    await(connection.sendBinary(Bytes.of(new byte[300_000])));
    assertThat(inbox.next(PATIENCE)).get().extracting(Message::size).isEqualTo(300_000);
    Ending ending = await(connection.close(4001, "bye"));
    assertThat(ending).isEqualTo(new Ending(Ending.Cause.CLOSED_BY_US, 4001, "bye", true, ""));
    assertThat(connection.timeline().phases()).containsOnlyKeys(phases);
    recorder.assertPaired();
  }

  @Test
  void echoesInClearText() throws Exception {
    echoes(at(clear.uri()), Phase.TCP, Phase.UPGRADE, Phase.FIRST_MESSAGE, Phase.ECHO, Phase.CLOSE);
  }

  @Test
  void echoesOverTlsByAlpn() throws Exception {
    echoes(
        at(tls.uri()),
        Phase.TCP,
        Phase.TLS,
        Phase.UPGRADE,
        Phase.FIRST_MESSAGE,
        Phase.ECHO,
        Phase.CLOSE);
  }

  @Test
  void theRequestIsAnExtendedConnectSentAfterTlsAndTheServersSettings() throws Exception {
    Connection connection = open(at(tls.uri().resolve("/echo?a=1")), Listener.NONE);
    List<Event> events = connection.timeline().events();
    assertThat(events)
        .extracting(e -> e.getClass().getSimpleName())
        .containsExactly(
            "Connecting", "Connected", "TlsStarted", "TlsDone", "Upgrading", "Upgraded");
    Event.Upgrading upgrading = (Event.Upgrading) events.get(4);
    assertThat(upgrading.requestLine()).isEqualTo("CONNECT /echo?a=1 HTTP/2, :protocol websocket");
    assertThat(Header.first(upgrading.headers(), "Sec-WebSocket-Version")).contains("13");
    assertThat(Header.first(upgrading.headers(), "Sec-WebSocket-Key")).isEmpty();
    await(connection.close(1000, ""));
  }

  @Test
  void noTwoConnectionsShareTcp() throws Exception {
    Set<SocketAddress> locals = new HashSet<>();
    List<Connection> three =
        List.of(
            open(at(clear.uri()), Listener.NONE),
            open(at(clear.uri()), Listener.NONE),
            open(at(clear.uri()), Listener.NONE));
    for (Connection connection : three) {
      connection.timeline().events().stream()
          .filter(Event.Connected.class::isInstance)
          .forEach(e -> locals.add(((Event.Connected) e).local()));
    }
    assertThat(locals).hasSize(3);
    for (Connection connection : three) {
      await(connection.close(1000, ""));
    }
  }

  @Test
  void aServerThatStopsEndsIt() throws Exception {
    EchoServer mortal = JettyHttp2.clear();
    Connection connection = open(at(mortal.uri()), Listener.NONE);
    mortal.close();
    Ending ending = ending(connection);
    // Jetty 12.1 stops its HTTP/2 before its WebSockets have said why.
    assertThat(ending.cause()).isIn(Ending.Cause.PEER_GOING_AWAY, Ending.Cause.EOF);
  }

  @Test
  void aRefusalShowsStatusAndBody() throws Exception {
    ConnectFailure refused = failure(at(clear.uri().resolve("/refuse")));
    assertThat(refused.cause()).isEqualTo(Cause.HTTP_STATUS);
    assertThat(refused.detail()).contains("403").contains("expected 200");
    assertThat(refused.response()).isNotNull();
    assertThat(refused.response().status()).isEqualTo(403);
    assertThat(refused.response().body().asUtf8()).isEqualTo("not you");
  }

  @Test
  void anUnknownPathIsA404() throws Exception {
    ConnectFailure refused = failure(at(tls.uri().resolve("/nowhere")));
    assertThat(refused.cause()).isEqualTo(Cause.HTTP_STATUS);
    assertThat(refused.detail()).contains("404");
  }

  @Test
  void settingsThatAllowNoWebSocketAreTold() throws Exception {
    try (Http2Script without = Http2Script.withoutWebSocket()) {
      ConnectFailure refused = failure(at(without.uri("/")));
      assertThat(refused.cause()).isEqualTo(Cause.NOT_WEBSOCKET);
      assertThat(refused.detail()).contains("settings allow no WebSocket");
    }
  }

  @Test
  void nginxKnowsHttp2ButNotThis() throws Exception {
    try (EchoServer nginx = Nginx.startHttp2().orSkip()) {
      ConnectFailure refused = failure(at(nginx.uri()));
      assertThat(refused.cause()).isEqualTo(Cause.NOT_WEBSOCKET);
      assertThat(refused.detail()).contains("settings allow no WebSocket");
    }
  }

  @Test
  void aServerOfHttp1AloneIsTold() throws Exception {
    try (EchoServer old = JettyEcho.start(PATIENCE)) {
      ConnectFailure refused = failure(at(old.uri()));
      assertThat(refused.cause()).isIn(Cause.NOT_WEBSOCKET, Cause.CLOSED_EARLY);
      assertThat(refused.detail()).contains("HTTP/2");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/refuse-stream, CLOSED_EARLY,    refused_stream",
    "/goaway,        CLOSED_EARLY,    enhance_your_calm",
    "/cut,           CLOSED_EARLY,    the stream ended",
    "/no-answer,     UPGRADE_TIMEOUT, no answer",
  })
  void whatIsNoAnswerIsNamed(String path, Cause cause, String detail) throws Exception {
    ConnectFailure refused = failure(at(script.uri(path)));
    assertThat(refused.cause()).isEqualTo(cause);
    assertThat(refused.detail()).contains(detail);
  }

  @ParameterizedTest
  @CsvSource({
    "/reset,        RESET,            1006, cancel_stream",
    "/end,          EOF,              1006, without a close frame",
    "/fin,          EOF,              1006, without a close frame",
    "/close,        PEER_APPLICATION, 4001, ''",
    "/close-cut,    PEER_APPLICATION, 4001, ''",
    "/close-reset,  PEER_APPLICATION, 4001, ''",
    "/goaway-later, EOF,              1006, after GOAWAY enhance_your_calm",
    "/glued-fin,    EOF,              1006, without a close frame",
    "/glued-close-cut, PEER_APPLICATION, 4001, ''",
  })
  void endingsAreThoseOfHttp1(String path, Ending.Cause cause, int code, String detail)
      throws Exception {
    Inbox inbox = new Inbox();
    Connection connection = open(at(script.uri(path)), inbox);
    if (!path.startsWith("/glued-")) {
      // The server may end it sooner than the send is told to be done, and then it failed.
      var unused = connection.sendText("go");
    }
    Ending ending = ending(connection);
    assertThat(ending.cause()).as(ending.toString()).isEqualTo(cause);
    assertThat(ending.code()).isEqualTo(code);
    assertThat(ending.detail()).contains(detail);
    assertThat(inbox.waiting()).hasSize(1);
  }

  @Test
  void whatIsOverLeavesNoTcp() throws Exception {
    try (Client own = Client.create()) {
      for (int i = 0; i < 10; i++) {
        Connection connection = own.open(at(clear.uri()), Listener.NONE);
        await(connection.opened());
        await(connection.close(1000, ""));
        await(own.open(at(clear.uri().resolve("/refuse")), Listener.NONE).opened());
        await(own.open(at(script.uri("/refuse-stream")), Listener.NONE).opened());
      }
      assertThat(own.core(HttpVersion.HTTP_2).getHttpClient().getDestinations()).isEmpty();
    }
  }
}
