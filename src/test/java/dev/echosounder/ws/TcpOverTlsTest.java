package dev.echosounder.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.echosounder.peer.Peer;
import dev.echosounder.servers.Certificates;
import dev.echosounder.servers.EchoServer;
import dev.echosounder.servers.Leaf;
import dev.echosounder.servers.TlsEchoes;
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
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What lies below the frames, with TLS between: raw bytes, the end of our direction, and pauses.
 */
final class TcpOverTlsTest {
  /** RFC 6455 §5.7: a masked "Hello". */
  private static final Bytes HELLO = Bytes.hex("81 85 37 fa 21 3d 7f 9f 4d 51 58");

  private static final Duration SOON = Duration.ofSeconds(5);

  @TempDir private static Path directory;
  private static Certificates certificates;
  private static Peer peer;
  private static Client client;

  private final Inbox inbox = new Inbox();

  @BeforeAll
  static void start() {
    certificates = new Certificates(directory);
    peer = Peer.start(Peer.Options.defaults().withTls(certificates.server(Leaf.VALID)));
    client = Client.create();
  }

  @AfterAll
  static void stop() {
    client.close();
    peer.close();
  }

  private Connection open(URI uri, String version) throws Exception {
    Tls tls = Tls.DEFAULT.withCa(certificates.authority()).withProtocols(List.of(version));
    Connection connection = client.open(Target.of(uri).withTls(tls), inbox);
    assertThat(connection.opened().get(8, TimeUnit.SECONDS)).isInstanceOf(Event.Upgraded.class);
    return connection;
  }

  private void expectHello() throws InterruptedException {
    assertThat(inbox.next(SOON))
        .get()
        .asInstanceOf(type(Message.Text.class))
        .returns("Hello", Message.Text::text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void rawBytesAreEncrypted(String version) throws Exception {
    Connection connection = open(peer.uri("/echo"), version);
    connection.tcp().send(HELLO).get(5, TimeUnit.SECONDS);
    expectHello();
    connection.sendText("again").get(5, TimeUnit.SECONDS);
    assertThat(inbox.next(SOON))
        .get()
        .asInstanceOf(type(Message.Text.class))
        .returns("again", Message.Text::text);
    // Bytes that are no frame: had they not been encrypted, TLS would have failed instead.
    connection.tcp().send(Bytes.hex("ff ff")).get(5, TimeUnit.SECONDS);
    Ending ending = connection.ended().get(5, TimeUnit.SECONDS);
    assertThat(ending.cause()).isEqualTo(Ending.Cause.PEER_ERROR);
    assertThat(ending.code()).isEqualTo(CloseCode.PROTOCOL_ERROR);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void whatTheServerSaysAfterOurFinIsRead(String version) throws Exception {
    Connection connection = open(peer.uri("/echo"), version);
    connection.sendText("Hello").get(5, TimeUnit.SECONDS);
    connection.tcp().sendFin();
    expectHello();
    Ending ending = connection.ended().get(5, TimeUnit.SECONDS);
    assertThat(ending.cause()).as(ending.toString()).isEqualTo(Ending.Cause.EOF);
    assertThat(connection.timeline().events()).anyMatch(Event.SentFin.class::isInstance);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aRealServerEndsAfterOurFin(String version) throws Exception {
    try (EchoServer netty = TlsEchoes.netty(certificates)) {
      Connection connection = open(TlsEchoes.wss(netty), version);
      connection.sendText("Hello").get(5, TimeUnit.SECONDS);
      expectHello();
      connection.tcp().sendFin();
      Ending ending = connection.ended().get(5, TimeUnit.SECONDS);
      assertThat(ending.cause()).as(ending.toString()).isEqualTo(Ending.Cause.EOF);
    }
  }

  @Test
  void whatArrivesDuringAPauseIsReadAfterIt() throws Exception {
    Connection connection = open(peer.uri("/echo"), "TLSv1.3");
    connection.tcp().pauseReading();
    connection.sendText("Hello").get(5, TimeUnit.SECONDS);
    assertThat(inbox.next(Duration.ofMillis(300))).isEmpty();
    connection.tcp().resumeReading();
    expectHello();
    assertThat(connection.close(1000, "").get(5, TimeUnit.SECONDS).clean()).isTrue();
  }
}
