package dev.echosounder.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Proxies that can't be reached, fall silent, or say what no proxy says. */
final class ProxyFaultsTest {
  private static final Duration PATIENCE = Duration.ofMillis(400);

  private static Client client;

  @BeforeAll
  static void start() {
    client = Client.create();
  }

  @AfterAll
  static void stop() {
    client.close();
  }

  private static ConnectFailure failure(String proxy) throws Exception {
    return failure(Target.of(URI.create("ws://server.invalid/")), proxy);
  }

  private static ConnectFailure failure(Target target, String proxy) throws Exception {
    TimelineRecorder recorder = new TimelineRecorder(Listener.NONE);
    Target through = target.withRoute(Route.DIRECT.withProxy(Proxy.of(proxy)));
    Opening opening = client.open(through, recorder).opened().get(12, TimeUnit.SECONDS);
    recorder.assertPaired();
    assertThat(opening).isInstanceOf(ConnectFailure.class);
    return (ConnectFailure) opening;
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:1, the proxy http://127.0.0.1:1: Connection refused",
    "socks5://127.0.0.1:1, the proxy socks5://127.0.0.1:1: Connection refused",
    "http://proxy.invalid:1, the proxy http://proxy.invalid:1: proxy.invalid",
  })
  void oneThatCanNotBeReached(String proxy, String detail) throws Exception {
    ConnectFailure failure = failure(proxy);
    assertThat(failure.cause()).isEqualTo(ConnectFailure.Cause.PROXY);
    assertThat(failure.detail()).startsWith(detail);
  }

  static Stream<Arguments> answers() {
    String eof = "it closed the connection before the tunnel was open";
    return Stream.of(
        arguments("http", "", eof),
        arguments("http", "HTTP/1.1 200", eof),
        arguments("http", "SSH-2.0-x\r\n\r\n", "its answer to CONNECT is not HTTP"),
        arguments(
            "http", "HTTP/1.1 502 Bad Gateway\r\n\r\n", "answered 502 Bad Gateway to CONNECT"),
        arguments("http", "HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n", "answered 302 Found"),
        arguments("socks5", "", eof),
        arguments(
            "socks5", "HTTP/1.1 400\r\n", "it does not speak SOCKS 5: its answer begins with"),
        arguments("socks5", "\5\7", "it chose method 7, which was not offered"),
        arguments("socks5", "\5\0\5\3\0\1\0\0\0\0\0\0", "80: 3, network unreachable"),
        arguments("socks5", "\5\0\5\11\0\1\0\0\0\0\0\0", "80: 9, a status that has no meaning"),
        arguments("socks5", "\5\0\5\0\0\7\0\0\0\0\0\0", "an address of unknown kind 7"),
        arguments("socks5", "\5\0\5\4\0\3\2h", eof));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void oneThatAnswersThis(String scheme, String answer, String detail) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread answering = new Thread(() -> answer(server, answer), "proxy");
      answering.start();
      ConnectFailure failure = failure(scheme + "://127.0.0.1:" + server.getLocalPort());
      answering.join(5_000);
      assertThat(failure.cause()).isEqualTo(ConnectFailure.Cause.PROXY);
      assertThat(failure.detail()).contains(detail);
    }
  }

  /** Reads what comes first, answers, and ends its side. */
  private static void answer(ServerSocket server, String answer) {
    try (Socket socket = server.accept()) {
      socket.setSoTimeout(5_000);
      if (socket.getInputStream().read(new byte[4096]) < 0) {
        throw new IllegalStateException("nothing was asked");
      }
      socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      while (socket.getInputStream().read() >= 0) {
        // The client's own end follows.
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void oneThatFallsSilent() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Target hasty =
          Target.of(URI.create("ws://server.invalid/"))
              .withTimeouts(new Target.Timeouts(PATIENCE, PATIENCE, PATIENCE));
      ConnectFailure failure = failure(hasty, "http://127.0.0.1:" + server.getLocalPort());
      assertThat(failure.cause()).isEqualTo(ConnectFailure.Cause.PROXY);
      assertThat(failure.detail()).endsWith("it did not open the tunnel within 400 ms");
    }
  }

  @Test
  void aGuardJudgesTheProxyAndTheServer() throws Exception {
    Guard loopback = address -> address.getAddress().isLoopbackAddress();
    Target literal = Target.of(URI.create("ws://10.0.0.1/")).withGuard(loopback);
    assertThat(failure(literal, "http://127.0.0.1:1"))
        .hasToString(
            "blocked: 10.0.0.1 may not be dialled, nor through a proxy"
                + " (the address is not on the allowlist)");
    Target named = Target.of(URI.create("ws://server.invalid/")).withGuard(loopback);
    assertThat(failure(named, "http://127.0.0.1:1").detail())
        .contains("server.invalid would be looked up by the proxy");
    Target near = Target.of(URI.create("ws://127.0.0.1/")).withGuard(loopback);
    assertThat(failure(near, "http://10.0.0.1:1").cause()).isEqualTo(ConnectFailure.Cause.BLOCKED);
    assertThat(failure(near, "http://127.0.0.1:1").cause()).isEqualTo(ConnectFailure.Cause.PROXY);
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://h:1, 'expected a proxy that begins with http://'",
    "http://h, 'expected a proxy such as'",
    "http://h:1/x, 'expected a proxy such as'",
    "http://ann:hunter2@h:1, 'must not hold user and password'",
    "h:1, 'expected a proxy such as'",
  })
  void urlsThatAreNoProxys(String url, String message) {
    assertThatThrownBy(() -> Proxy.of(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void credentialsAreNeverPrinted() {
    Proxy proxy = Proxy.of("http://[::1]:8080/").withCredentials("ann", "hunter2");
    assertThat(proxy).hasToString("http://[::1]:8080");
    Target target = Target.of(URI.create("ws://h/")).withRoute(Route.DIRECT.withProxy(proxy));
    assertThat(target.toString()).doesNotContain("hunter2");
    assertThatThrownBy(() -> proxy.withCredentials("a:b", "x")).hasMessageContaining("RFC 7617");
    assertThatThrownBy(() -> Proxy.of("socks5://h:1").withCredentials("a", "x".repeat(256)))
        .hasMessageContaining("RFC 1929");
  }
}
