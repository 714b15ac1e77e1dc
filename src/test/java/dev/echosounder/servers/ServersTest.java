package dev.echosounder.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.opentest4j.TestAbortedException;

/** Each server is what the features take it for, judged by the JDK's client. */
final class ServersTest {
  /** One of each kind, for all the tests that leave it as it was. */
  private static final Map<ServerKind, Start> SHARED = new EnumMap<>(ServerKind.class);

  private static EchoServer shared(ServerKind kind) {
    return SHARED.computeIfAbsent(kind, ServerKind::start).orSkip();
  }

  @AfterAll
  static void stop() {
    for (Start start : SHARED.values()) {
      if (start instanceof Start.Running running) {
        running.server().close();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "MOSQUITTO")
  void echoesTextAndBytesUpToOneMebibyte(ServerKind kind) throws Exception {
    byte[] mebibyte = new byte[1024 * 1024];
    new Random(1).nextBytes(mebibyte);
    String text = "é".repeat(mebibyte.length / 2);
    try (JdkClient client = new JdkClient(shared(kind).uri())) {
      assertThat(client.echo("Hello")).isEqualTo("Hello");
      assertThat(client.echo(new byte[] {0, (byte) 0xFF, 1})).isEqualTo(new byte[] {0, -1, 1});
      assertThat(client.echo("")).isEqualTo("");
      assertThat(client.echo(text)).isEqualTo(text);
      assertThat(client.echo(mebibyte)).isEqualTo(mebibyte);
    }
  }

  @ParameterizedTest
  @EnumSource
  void answersPingsAndTheCloseHandshake(ServerKind kind) throws Exception {
    try (JdkClient client = new JdkClient(shared(kind).uri())) {
      assertThat(client.ping(new byte[] {'h', 'i'})).isEqualTo(new JdkClient.Pong("hi"));
      assertThat(client.closeHandshake(1000, "done")).isEqualTo(new JdkClient.Closed(1000, "done"));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "MOSQUITTO")
  void choosesTheKnownSubprotocolAmongOthers(ServerKind kind) throws Exception {
    try (JdkClient client = new JdkClient(shared(kind).uri(), "other", EchoServer.SUBPROTOCOL)) {
      assertThat(client.subprotocol()).isEqualTo(EchoServer.SUBPROTOCOL);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "MOSQUITTO")
  void closesUponTheFirstMessageWhereAsked(ServerKind kind) throws Exception {
    EchoServer server = shared(kind);
    JdkClient.Closed bye = new JdkClient.Closed(EchoServer.CLOSE_CODE, EchoServer.CLOSE_REASON);
    try (JdkClient client = new JdkClient(server.closingUri())) {
      assertThat(client.echo("text")).isEqualTo(bye);
    }
    try (JdkClient client = new JdkClient(server.closingUri())) {
      assertThat(client.echo(new byte[] {1})).isEqualTo(bye);
    }
  }

  @ParameterizedTest
  @EnumSource
  void leavesNobodyListeningAfterClose(ServerKind kind) {
    EchoServer server = kind.startOrSkip();
    server.close();
    server.close();
    assertThatThrownBy(() -> new JdkClient(server.uri()).close())
        .isInstanceOf(ConnectException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "UNDERTOW, 404, 404",
    "TOMCAT,   404, 404",
    "NETTY,    404, 400",
    "TYRUS,    404, 404",
    "NODE_WS,  400, 426",
    "NGINX,    404, 400",
  })
  void differInWhatTheyRefuse(ServerKind kind, int wrongPath, int plainRequest) throws Exception {
    EchoServer server = shared(kind);
    assertThatThrownBy(() -> new JdkClient(server.uri().resolve("/nowhere")).close())
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            e -> assertThat(e.getResponse().statusCode()).isEqualTo(wrongPath));
    assertThat(JdkClient.get(server.uri())).isEqualTo(plainRequest);
  }

  @Test
  void mosquittoAcceptsAnMqttConnect() throws Exception {
    byte[] connect = {0x10, 14, 0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 60, 0, 2, 'm', 'e'};
    byte[] accepted = {0x20, 2, 0, 0};
    try (JdkClient client = new JdkClient(shared(ServerKind.MOSQUITTO).uri(), "mqtt")) {
      assertThat(client.subprotocol()).isEqualTo("mqtt");
      assertThat(client.echo(connect)).isEqualTo(accepted);
    }
  }

  @Test
  void nginxCutsASilentConnectionWithoutACloseFrame() throws Exception {
    Start start = Nginx.start(Duration.ofMillis(300));
    try (EchoServer server = start.orSkip();
        JdkClient client = new JdkClient(server.uri())) {
      assertThat(client.echo("Hello")).isEqualTo("Hello");
      assertThat(client.next()).isEqualTo(new JdkClient.Closed(1006, ""));
    }
  }

  @Test
  void anUnavailableServerIsSkippedByNameAndReasonButFailsInCi() {
    Start start = new Start.Unavailable("nginx", "nginx is not installed");
    String why = "nginx is unavailable: nginx is not installed";
    assertThatThrownBy(() -> start.orSkip(false))
        .isInstanceOf(TestAbortedException.class)
        .hasMessage(why);
    assertThatThrownBy(() -> start.orSkip(true)).isInstanceOf(AssertionError.class).hasMessage(why);
  }
}
