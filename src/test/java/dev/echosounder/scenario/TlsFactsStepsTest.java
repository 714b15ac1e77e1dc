package dev.echosounder.scenario;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echosounder.peer.Peer;
import dev.echosounder.servers.Certificates;
import dev.echosounder.servers.Leaf;
import dev.echosounder.ws.CloseCode;
import dev.echosounder.ws.Tls;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the steps say when a fact is another one; and when a certificate is about to expire. */
final class TlsFactsStepsTest {
  @TempDir private static Path directory;
  private static Peer peer;

  private final TlsFactsSteps steps = new TlsFactsSteps();

  @BeforeAll
  static void start() {
    Certificates certificates = new Certificates(directory);
    Shared.enter();
    peer = Peer.start(Peer.Options.defaults().withTls(certificates.server(Leaf.CHAINED)));
  }

  @AfterAll
  static void stop() {
    Shared.leave();
    peer.close();
  }

  @BeforeEach
  void connect() throws Exception {
    World world = World.begin();
    world.endpoint(peer.uri("/echo"));
    world.change(t -> t.withTls(Tls.DEFAULT.withCa(directory.resolve("ca.pem"))));
    var unused = world.connect(World.ME).open();
  }

  @AfterEach
  void end() throws Exception {
    World.current().connection(World.ME).close(CloseCode.NORMAL, "").get(5, TimeUnit.SECONDS);
    World.end();
  }

  private static void in(Duration later) {
    World.current().clock(Clock.offset(Clock.systemUTC(), later));
  }

  @Test
  void aCertificateIsValidForAsLongAsItsOwnEndAndAChainForItsEarliest() throws Exception {
    in(Duration.ofHours(-1));
    steps.validFor(30);
    steps.chainValidFor(5);
    assertThatThrownBy(() -> steps.chainValidFor(6))
        .hasMessageContaining("expected CN=Echosounder Test Intermediate valid for at least 6 days")
        .hasMessageMatching("(?s).*seen: +it expires at \\S+, in 5 days\n.*");
    in(Duration.ofDays(4).plusHours(1));
    steps.validFor(25);
    assertThatThrownBy(() -> steps.chainValidFor(1)).hasMessageContaining("in 0 days");
    in(Duration.ofDays(31));
    assertThatThrownBy(() -> steps.validFor(0)).hasMessageContaining("CN=chained valid for");
  }

  @Test
  void everyOtherFactIsSeen() {
    assertThatThrownBy(() -> steps.version("I", "TLSv1.2")).hasMessageContaining("TLSv1.3");
    assertThatThrownBy(() -> steps.cipher("I", "TLS_NONE"))
        .hasMessageContaining("seen:         TLS_");
    assertThatThrownBy(() -> steps.names("example.org"))
        .hasMessageContaining("one for [localhost,");
    assertThatThrownBy(() -> steps.issuer("Echosounder Test CA"))
        .hasMessageContaining("one by CN=Echosounder Test Intermediate");
    assertThatThrownBy(() -> steps.subject("valid")).hasMessageContaining("CN=chained");
    assertThatThrownBy(() -> steps.key("EC", 257)).hasMessageContaining("EC with 256");
    assertThatThrownBy(() -> steps.key("RSA", 1)).hasMessageContaining("EC with 256");
    assertThatThrownBy(() -> steps.signature("SHA1withRSA"))
        .hasMessageContaining("SHA256withECDSA");
    assertThatThrownBy(() -> steps.length(1)).hasMessageContaining("2: [CN=chained, ");
  }
}
