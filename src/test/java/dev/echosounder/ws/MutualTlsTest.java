package dev.echosounder.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.peer.Peer;
import dev.echosounder.servers.Certificates;
import dev.echosounder.servers.EchoServer;
import dev.echosounder.servers.Leaf;
import dev.echosounder.servers.MutualTls;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client certificate that is missing, wrong or expired: told apart, whatever the server says. */
final class MutualTlsTest {
  /** What a server says is read after our side is done: a race would not show the first time. */
  private static final int TIMES = Integer.getInteger("echosounder.mutual-tls.times", 2);

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
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void jetty(String version) throws Exception {
    Peer.Options options =
        Peer.Options.defaults().withTls(certificates.server(Leaf.VALID)).withClientCertificate();
    try (Peer peer = Peer.start(options)) {
      toldApart(peer.uri("/echo"), version);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void netty(String version) throws Exception {
    try (EchoServer server = MutualTls.netty(certificates)) {
      toldApart(wss(server), version);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void haproxy(String version) throws Exception {
    try (EchoServer server = MutualTls.haproxy(certificates).orSkip()) {
      toldApart(wss(server), version);
    }
  }

  /** The handshake is done with anybody; HTTP refuses, with a body that says why. */
  @Test
  void nginx() throws Exception {
    try (EchoServer server = MutualTls.nginx(certificates).orSkip()) {
      for (String version : List.of("TLSv1.2", "TLSv1.3")) {
        URI uri = wss(server);
        assertThat(open(uri, version, Leaf.CLIENT)).isInstanceOf(Event.Upgraded.class);
        refusedByHttp(open(uri, version, null), "No required SSL certificate was sent");
        refusedByHttp(open(uri, version, Leaf.CLIENT_UNTRUSTED), "The SSL certificate error");
        refusedByHttp(open(uri, version, Leaf.CLIENT_EXPIRED), "The SSL certificate error");
      }
    }
  }

  private static void refusedByHttp(Opening opening, String body) {
    ConnectFailure failure = (ConnectFailure) opening;
    assertThat(failure.cause()).isEqualTo(ConnectFailure.Cause.HTTP_STATUS);
    ConnectFailure.Response response = Objects.requireNonNull(failure.response());
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body().asUtf8()).contains(body);
  }

  private static void toldApart(URI uri, String version) throws Exception {
    assertThat(open(uri, version, Leaf.CLIENT)).isInstanceOf(Event.Upgraded.class);
    for (int i = 0; i < TIMES; i++) {
      refused(
          open(uri, version, null),
          "the server refused the client: the server asked for a client certificate, and none is"
              + " configured");
      refused(
          open(uri, version, Leaf.CLIENT_UNTRUSTED),
          "the server refused the client: our client certificate CN=client-untrusted was issued by"
              + " CN=Stranger CA; the server asked for one by CN=Echosounder Test CA");
      refused(
          open(uri, version, Leaf.CLIENT_EXPIRED),
          "the server refused the client: our client certificate CN=client-expired expired at ");
    }
  }

  private static void refused(Opening opening, String detail) {
    assertThat(opening).isInstanceOf(ConnectFailure.class);
    ConnectFailure failure = (ConnectFailure) opening;
    assertThat(failure.detail())
        .startsWith(detail)
        .containsAnyOf("fatal alert: ", "before the upgrade was answered)");
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

  private static URI wss(EchoServer server) {
    return URI.create(server.uri().toString().replaceFirst("ws:", "wss:"));
  }
}
