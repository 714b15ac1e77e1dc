package dev.echosounder.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.echosounder.peer.Peer;
import dev.echosounder.servers.Certificates;
import dev.echosounder.servers.Leaf;
import dev.echosounder.servers.TokenServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever an endpoint does, a probe names it exactly, in time, without a stack trace. */
final class ProbeIT {
  /** Beyond each case's own timeout: a cold client on a busy machine. */
  private static final Duration SLACK = Duration.ofSeconds(5);

  @TempDir private static Path directory;
  private static Peer peer;
  private static Peer good;
  private static Peer wrongName;
  private static Peer expired;
  private static Certificates certificates;

  @BeforeAll
  static void startPeers() throws Exception {
    certificates = new Certificates(directory);
    peer = Peer.start();
    good = secure(Leaf.VALID);
    wrongName = secure(Leaf.WRONG_HOST);
    expired = secure(Leaf.EXPIRED);
  }

  @AfterAll
  static void stopPeers() {
    Stream.of(peer, good, wrongName, expired).forEach(Peer::close);
  }

  private static Peer secure(Leaf leaf) {
    return Peer.start(Peer.Options.defaults().withTls(certificates.server(leaf)));
  }

  static Stream<Arguments> faults() throws IOException {
    return Stream.of(
        fault("port closed", closedPort(), "failed: refused at tcp", ": Connection refused"),
        fault("host unknown", "ws://nowhere.invalid/", "failed: dns at dns", "nowhere.invalid"),
        fault(
            "silent before the upgrade",
            peer.uri("/no-answer") + " --timeout 700ms",
            "failed: upgrade_timeout at upgrade",
            "the answer to the upgrade did not come within 700 ms"),
        fault(
            "silent after the upgrade",
            peer.uri("/silent") + " --send x --timeout 700ms",
            "failed: timeout at echo",
            "the echo did not come within 700 ms"),
        fault(
            "no pong",
            peer.uri("/silent?pong=off") + " --ping --timeout 700ms",
            "failed: timeout at pong",
            "the pong did not come within 700 ms"),
        fault(
            "401 with a body",
            peer.uri("/refuse/401?body=who").toString(),
            "failed: http_status at upgrade",
            "answered 401 Unauthorized, expected 101"),
        fault("302", peer.uri("/redirect").toString(), "failed: redirect at upgrade", "to /echo"),
        fault("200", peer.uri("/ok").toString(), "failed: not_websocket at upgrade", "200 OK"),
        fault(
            "no upgrade header",
            peer.uri("/no-upgrade-header").toString(),
            "failed: not_websocket at upgrade",
            "Upgrade"),
        fault(
            "wrong accept key",
            peer.uri("/bad-accept") + " --timeout 3s",
            "failed: not_websocket at upgrade",
            "Sec-WebSocket-Accept"),
        fault(
            "not HTTP",
            peer.uri("/garbage") + " --timeout 3s",
            "failed: not_websocket at upgrade",
            ""),
        fault(
            "hangs up",
            peer.uri("/hang-up") + " --timeout 3s",
            "failed: closed_early at upgrade",
            ""),
        fault(
            "unknown subprotocol",
            peer.uri("/echo") + " --subprotocol weird",
            "failed: subprotocol at upgrade",
            "expected the server to choose one of [weird], it chose none"),
        fault(
            "subprotocol never offered",
            peer.uri("/echo?blind=weird") + " --timeout 3s",
            "failed: subprotocol at upgrade",
            "weird"),
        fault(
            "certificate untrusted",
            good.uri("/echo").toString(),
            "failed: tls_untrusted at tls",
            "unable to find valid certification path"),
        fault(
            "certificate for another name",
            wrongName.uri("/echo") + " --ca " + certificates.authority(),
            "failed: tls_hostname at tls",
            "127.0.0.1"),
        fault(
            "certificate expired",
            expired.uri("/echo") + " --ca " + certificates.authority(),
            "failed: tls_expired at tls",
            "NotAfter"),
        fault(
            "peer resets",
            peer.uri("/reset?after=1") + " --send x --count 2",
            "failed: reset at echo",
            "before the echo arrived"),
        fault(
            "peer sends FIN only",
            peer.uri("/fin?after=1") + " --send x --count 2",
            "failed: eof at echo",
            "1006"),
        fault(
            "peer closes",
            peer.uri("/close/4001?reason=bye&after=1") + " --send x --count 2",
            "failed: peer_application at echo",
            "4001) \"bye\""),
        fault(
            "peer breaks framing",
            peer.uri("/invalid/reserved-bits?after=0") + " --send x",
            "failed: protocol_violation at echo",
            "RSV"),
        fault(
            "peer sends bad UTF-8",
            peer.uri("/invalid/bad-utf8?after=0") + " --send x",
            "failed: protocol_violation at echo",
            "UTF-8"),
        fault(
            "message over the limit",
            peer.uri("/echo") + " --max-message 10 --send 01234567890",
            "failed: local_error at echo",
            "11 > 10"),
        fault(
            "another message",
            peer.uri("/echo?prefix=x") + " --send a",
            "failed: unexpected_message at echo",
            "expected text, 1 bytes \"a\", got text, 2 bytes \"xa\""),
        fault(
            "close not answered",
            peer.uri("/no-close-answer").toString(),
            "failed: unclean_close at close",
            "expected a close frame in answer to ours, got none"));
  }

  private static Arguments fault(String name, String command, String start, String detail) {
    return arguments(name, command, start, detail);
  }

  private static String closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "ws://127.0.0.1:" + socket.getLocalPort() + "/";
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void faultIsNamedExactly(String name, String command, String start, String detail) {
    long began = System.nanoTime();
    Program.Result result = new Program().run(("probe " + command).split(" "));
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    String verdict = verdict(result);
    assertThat(verdict).startsWith(start + " after ").contains(detail);
    assertThat(result.code()).isEqualTo(Exit.FAILED);
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).doesNotContain("Exception", "\tat ");
    assertThat(took).isLessThan(Duration.ofSeconds(10).plus(SLACK));
  }

  private static String verdict(Program.Result result) {
    return result.out().lines().filter(l -> l.startsWith("failed:")).findFirst().orElse("none");
  }

  @Test
  void deadlineIsKept() {
    new Program().run("probe", peer.uri("/echo").toString()); // loads the classes
    long began = System.nanoTime();
    new Program().run("probe", peer.uri("/silent").toString(), "--send", "x", "--timeout", "300ms");
    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .isBetween(Duration.ofMillis(300), Duration.ofMillis(1500));
  }

  @Test
  void refusalShowsItsBody() {
    Program.Result result = new Program().run("probe", peer.uri("/refuse/401?body=who").toString());
    assertThat(result.out()).contains("HTTP status 401", "| who");
  }

  @Test
  void echoPassesOverTlsAndShowsTheCertificate() {
    String ca = certificates.authority().toString();
    String url = good.uri("/echo").toString();
    Program.Result result = new Program().run("probe", url, "--ca", ca, "--send", "Hello");
    assertThat(result.lastLine()).startsWith("passed: echo in ");
    assertThat(result.out())
        .contains("tls: TLSv1.3", "round trip: ", "text, 5 bytes \"Hello\"", "upgrade ");
    assertThat(result.code()).isZero();
  }

  @Test
  void insecurePassesAndSaysSo() {
    Program.Result result = new Program().run("probe", good.uri("/echo").toString(), "--insecure");
    assertThat(result.code()).isZero();
    assertThat(result.out()).contains("NOT VERIFIED");
  }

  @Test
  void binaryPingAndHandshakePass() {
    String url = peer.uri("/echo").toString();
    assertThat(new Program().run("probe", url, "--send-binary", "00 ff").lastLine())
        .startsWith("passed: echo");
    assertThat(new Program().run("probe", url, "--ping", "--count", "3").out())
        .contains("round trips: 3, min ", "passed: ping");
    assertThat(new Program().run("probe", url).lastLine()).startsWith("passed: handshake");
  }

  @Test
  void manyRoundTripsAreCountedNotListed() {
    String url = peer.uri("/echo").toString();
    Program.Result result = new Program().run("probe", url, "--send", "x", "--count", "500");
    assertThat(result.out()).contains("round trips: 500, min ", "p50 ", "p99 ", "max ");
    assertThat(result.out().lines().count()).isLessThan(20);
  }

  @Test
  void expectationsCanBeTextPrefixOrPattern() {
    String url = peer.uri("/echo?prefix=echo:%20").toString();
    String[] options = {"--expect=echo: a", "--expect-prefix=echo: ", "--expect-regex=^echo: .$"};
    for (String option : options) {
      assertThat(new Program().run("probe", url, "--send", "a", option).code()).isZero();
    }
  }

  @Test
  void greetingIsLetPassWhenAnnounced() {
    String url = peer.uri("/greet?text=hi").toString();
    assertThat(new Program().run("probe", url, "--send", "a").code()).isEqualTo(Exit.FAILED);
    assertThat(new Program().run("probe", url, "--send", "a", "--greetings", "1").code()).isZero();
  }

  @Test
  void secretsFromTheEnvironmentReachTheServerAndNoOutput() {
    String url = peer.uri("/auth/bearer?token=s3cret").toString();
    for (String format : new String[] {"--debug", "--json"}) {
      Program.Result result =
          new Program().with("TOKEN", "s3cret").run("probe", url, "--bearer", "env:TOKEN", format);
      assertThat(result.code()).isZero();
      assertThat(result.out()).doesNotContain("s3cret").contains("redacted");
    }
  }

  @Test
  void anAccessTokenIsFetchedAndNeverPrinted() {
    try (TokenServer tokens = TokenServer.startOrSkip(Duration.ofMinutes(1))) {
      String client = "basic:" + TokenServer.SECRET;
      String[] probe = {
        "probe",
        tokens.uri().toString(),
        "--send=hi",
        "--debug",
        "--oauth2-token-url=" + tokens.http("/token"),
        "--oauth2-client=env:CLIENT",
        "--oauth2-scope=chat"
      };
      Program.Result good = new Program().with("CLIENT", client).run(probe);
      assertThat(good.code()).isZero();
      assertThat(good.out() + good.err())
          .contains("Authorization: <redacted>")
          .doesNotContain(TokenServer.SECRET);
      Program.Result bad = new Program().with("CLIENT", client + "x").run(probe);
      assertThat(bad.code()).isEqualTo(Exit.FAILED);
      assertThat(bad.out()).contains("local_error", "answered 401: invalid_client");
    }
  }

  @Test
  void jsonIsOneObjectOnStandardOutput() {
    Program.Result result =
        new Program().run("probe", peer.uri("/echo").toString(), "--send", "x", "--json");
    assertThat(result.out().lines()).hasSize(1);
    assertThat(result.out()).startsWith("{\"target\":\"ws://").contains("\"result\":\"passed\"");
  }

  @Test
  void asciiTerminalGetsAsciiOnly() {
    Program.Result result =
        new Program().inAscii().run("probe", peer.uri("/echo").toString(), "--send", "x");
    assertThat(result.out()).matches("[\\x20-\\x7e\\n]*");
  }
}
