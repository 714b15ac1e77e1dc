package dev.echosounder.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.echosounder.peer.Peer;
import dev.echosounder.servers.Certificates;
import dev.echosounder.servers.Leaf;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PeerCertificateTest {
  private static final Duration SLACK = Duration.ofMinutes(5);

  @TempDir private Path directory;

  private static PeerCertificate certificate(String... names) {
    return new PeerCertificate(
        "CN=chat.example,O=Example\\, Inc.",
        "CN=Authority,C=DE",
        List.of(names),
        Instant.EPOCH,
        Instant.MAX,
        BigInteger.TEN,
        "RSA",
        2048,
        "SHA256withRSA");
  }

  @ParameterizedTest
  @CsvSource({
    "chat.example, chat.example, true",
    "Chat.Example, chat.EXAMPLE, true",
    "chat.example, a.chat.example, false",
    "*.example, chat.example, true",
    "*.example, a.chat.example, false",
    "*.example, example, false",
    "*.0.0.1, 127.0.0.1, false",
    "127.0.0.1, 127.0.0.1, true",
    "0:0:0:0:0:0:0:1, ::1, true",
    "1.2.3.4.5, 1.2.3.4.5, true",
  })
  void isForTheNamesItCovers(String name, String host, boolean covered) {
    assertThat(certificate("other.example", name).isFor(host)).isEqualTo(covered);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Authority; true",
        "CN=Authority,C=DE; true",
        "cn=Authority, c=DE; true",
        "CN=Authority; false",
        "DE; false",
        "authority; false"
      })
  void isIssuedByACommonOrADistinguishedName(String name, boolean issuer) {
    assertThat(certificate().isIssuedBy(name)).isEqualTo(issuer);
    assertThat(certificate().isOf("chat.example")).isTrue();
    assertThat(certificate().isOf("Authority")).isFalse();
  }

  @Test
  void theChainIsWhatTheServerSentAndItsEarliestEndCounts() throws Exception {
    Certificates certificates = new Certificates(directory);
    Peer.Options options = Peer.Options.defaults().withTls(certificates.server(Leaf.CHAINED));
    try (Peer peer = Peer.start(options);
        Client client = Client.create()) {
      Target target =
          Target.of(peer.uri("/echo"))
              .withTls(
                  Tls.DEFAULT
                      .withCa(certificates.authority())
                      .withCiphers(List.of("TLS_AES_256_GCM_SHA384")));
      Event.TlsDone done = done(client, target);
      assertThat(done.protocol()).isEqualTo("TLSv1.3");
      assertThat(done.cipher()).isEqualTo("TLS_AES_256_GCM_SHA384");
      assertThat(done.chain())
          .extracting(PeerCertificate::subject)
          .containsExactly("CN=chained", "CN=Echosounder Test Intermediate");
      PeerCertificate own = done.chain().get(0);
      PeerCertificate intermediate = done.chain().get(1);
      assertThat(own.issuer()).isEqualTo(intermediate.subject());
      assertThat(own.names()).containsExactly("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
      assertThat(own.keyType()).isEqualTo("EC");
      assertThat(own.keyBits()).isEqualTo(256);
      assertThat(own.signature()).isEqualTo("SHA256withECDSA");
      assertThat(own.serial()).isPositive();
      assertThat(own.notBefore()).isBefore(Instant.now());
      assertThat(own.notAfter()).isAfter(intermediate.notAfter());
      assertThat(done.notAfter())
          .isEqualTo(intermediate.notAfter())
          .isCloseTo(
              Instant.now().plus(Certificates.INTERMEDIATE_LEFT),
              within(SLACK.toSeconds(), ChronoUnit.SECONDS));
      // The server is met again: one reading serves all its connections.
      assertThat(done(client, target).chain().get(0)).isSameAs(own);
    }
  }

  private static Event.TlsDone done(Client client, Target target) throws Exception {
    Connection connection = client.open(target, Listener.NONE);
    assertThat(connection.opened().get(5, TimeUnit.SECONDS)).isInstanceOf(Event.Upgraded.class);
    connection.close(CloseCode.NORMAL, "").get(5, TimeUnit.SECONDS);
    return connection.timeline().events().stream()
        .filter(Event.TlsDone.class::isInstance)
        .map(Event.TlsDone.class::cast)
        .findFirst()
        .orElseThrow();
  }
}
