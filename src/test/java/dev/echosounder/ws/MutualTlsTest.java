package dev.echosounder.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.peer.Peer;
import dev.echosounder.servers.Certificates;
import dev.echosounder.servers.EchoServer;
import dev.echosounder.servers.Leaf;
import dev.echosounder.servers.MutualTls;
import dev.echosounder.servers.TlsEchoes;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client certificate that is missing, wrong or expired: told apart, whatever the server says. */
final class MutualTlsTest {
  /** What a server says is read after our side is done: a race would not show the first time. */
  private static final int TIMES = Integer.getInteger("echosounder.mutual-tls.times", 2);

  /** How a server's refusal is read that was cut before it could be. */
  private static final String CUT = "reset (Connection reset) before the upgrade was answered";

  /**
   * The alerts (RFC 8446 §6.2) that a server sends a client without a certificate, with a
   * stranger's, and with an expired one.
   *
   * @param cuts whether it closes with our request unread, so that a reset may overtake the alert
   */
  private record Verdicts(String none, String stranger, String expired, boolean cuts) {}

  @TempDir private static Path directory;
  private static Certificates certificates;
  private static Client client;

  @BeforeAll
  static void start() {
    certificates = new Certificates(directory);
    client = Client.create();
  }

  @AfterAll
  static void stop() {
    client.close();
  }

  @ParameterizedTest
  @CsvSource({
    "TLSv1.2, handshake_failure, certificate_unknown, certificate_unknown, false",
    "TLSv1.3, certificate_required, certificate_unknown, certificate_unknown, true",
  })
  void jetty(String version, String none, String stranger, String expired, boolean cuts)
      throws Exception {
    Peer.Options options =
        Peer.Options.defaults().withTls(certificates.server(Leaf.VALID)).withClientCertificate();
    try (Peer peer = Peer.start(options)) {
      toldApart(peer.uri("/echo"), version, new Verdicts(ofThisJdk(none), stranger, expired, cuts));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TLSv1.2, handshake_failure, certificate_unknown, certificate_unknown, false",
    "TLSv1.3, certificate_required, certificate_unknown, certificate_unknown, true",
  })
  void netty(String version, String none, String stranger, String expired, boolean cuts)
      throws Exception {
    try (EchoServer server = MutualTls.netty(certificates)) {
      URI uri = TlsEchoes.wss(server);
      toldApart(uri, version, new Verdicts(ofThisJdk(none), stranger, expired, cuts));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TLSv1.2, handshake_failure, unknown_ca, certificate_expired, false",
    "TLSv1.3, certificate_required, unknown_ca, certificate_expired, true",
  })
  void haproxy(String version, String none, String stranger, String expired, boolean cuts)
      throws Exception {
    try (EchoServer server = MutualTls.haproxy(certificates).orSkip()) {
      URI uri = TlsEchoes.wss(server);
      toldApart(uri, version, new Verdicts(none, stranger, expired, cuts));
    }
  }

  /** The handshake is done with anybody; HTTP refuses, with a body that says why. */
  @Test
  void nginx() throws Exception {
    try (EchoServer server = MutualTls.nginx(certificates).orSkip()) {
      for (String version : List.of("TLSv1.2", "TLSv1.3")) {
        URI uri = TlsEchoes.wss(server);
        assertThat(open(uri, version, Leaf.CLIENT)).isInstanceOf(Event.Upgraded.class);
        refusedByHttp(open(uri, version, null), "No required SSL certificate was sent");
        refusedByHttp(open(uri, version, Leaf.CLIENT_UNTRUSTED), "The SSL certificate error");
        refusedByHttp(open(uri, version, Leaf.CLIENT_EXPIRED), "The SSL certificate error");
      }
    }
  }

  /** The servers in this JVM spoke of a bad certificate when there was none, before they learnt. */
  private static String ofThisJdk(String none) {
    int version = Runtime.version().feature();
    return version >= 25
        ? none
        : version == 17 ? "bad_certificate" : "(bad_certificate|" + none + ")";
  }

  private static void refusedByHttp(Opening opening, String body) {
    ConnectFailure failure = (ConnectFailure) opening;
    assertThat(failure.cause()).isEqualTo(ConnectFailure.Cause.HTTP_STATUS);
    ConnectFailure.Response response = Objects.requireNonNull(failure.response());
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body().asUtf8()).contains(body);
  }

  private static void toldApart(URI uri, String version, Verdicts verdicts) throws Exception {
    assertThat(open(uri, version, Leaf.CLIENT)).isInstanceOf(Event.Upgraded.class);
    for (int i = 0; i < TIMES; i++) {
      refused(
          open(uri, version, null),
          "the server asked for a client certificate, and none is configured",
          verdicts.none(),
          verdicts.cuts());
      refused(
          open(uri, version, Leaf.CLIENT_UNTRUSTED),
          "our client certificate CN=client-untrusted was issued by CN=Stranger CA; the server"
              + " asked for one by CN=Echosounder Test CA",
          verdicts.stranger(),
          verdicts.cuts());
      refused(
          open(uri, version, Leaf.CLIENT_EXPIRED),
          "our client certificate CN=client-expired expired at \\S+",
          verdicts.expired(),
          verdicts.cuts());
    }
  }

  private static void refused(Opening opening, String why, String alert, boolean cuts) {
    assertThat(opening).isInstanceOf(ConnectFailure.class);
    ConnectFailure failure = (ConnectFailure) opening;
    // Newer JDKs put the alert's name before it.
    String said = "(\\(" + alert + "\\) )?Received fatal alert: " + alert;
    String seen = cuts ? said + "|" + Pattern.quote(CUT) : said;
    assertThat(failure.detail())
        .matches("the server refused the client: " + why + " \\((" + seen + ")\\)");
    assertThat(failure.cause()).isEqualTo(ConnectFailure.Cause.TLS_HANDSHAKE);
  }

  private static Opening open(URI uri, String version, @Nullable Leaf shown) throws Exception {
    Tls tls = Tls.DEFAULT.withCa(certificates.authority()).withProtocols(List.of(version));
    if (shown != null) {
      tls =
          tls.withClientCertificate(certificates.certificate(shown), certificates.key(shown), null);
    }
    TimelineRecorder recorder = new TimelineRecorder(Listener.NONE);
    Connection connection = client.open(Target.of(uri).withTls(tls), recorder);
    Opening opening = connection.opened().get(5, TimeUnit.SECONDS);
    if (opening instanceof Event.Upgraded) {
      connection.close(CloseCode.NORMAL, "").get(5, TimeUnit.SECONDS);
    }
    recorder.assertPaired();
    return opening;
  }
}
