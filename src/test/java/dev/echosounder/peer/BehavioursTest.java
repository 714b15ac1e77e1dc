package dev.echosounder.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every behaviour of the catalogue, seen from a raw socket, without and with TLS. */
final class BehavioursTest {
  private static Target plain;
  private static Target secure;

  @BeforeAll
  static void start() throws IOException, GeneralSecurityException, InterruptedException {
    SSLContext tls = TestTls.context();
    plain = new Target(Peer.start(), tls);
    secure = new Target(Peer.start(Peer.Options.defaults().withTls(tls)), tls);
  }

  @AfterAll
  static void stop() {
    plain.peer().close();
    secure.peer().close();
  }

  @Test
  void everyBehaviourHasATrial() {
    assertThat(Trials.all().keySet())
        .containsExactlyInAnyOrderElementsOf(
            Peer.behaviours().stream().map(Behaviour::path).toList());
  }

  @Test
  void greetingIsGluedToTheUpgrade() throws IOException {
    try (RawClient client = secure.connect("/greet?text=hi")) {
      client.requestUpgrade();
      assertThat(client.read()).startsWith("HTTP/1.1 101 ").endsWith("\r\n\r\n\u0081\u0002hi");
    }
  }

  @TestFactory
  Stream<DynamicTest> trials() {
    return Trials.all().entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> e.getValue().run(plain)));
  }

  @TestFactory
  Stream<DynamicTest> trialsOverTls() {
    return Trials.all().entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> e.getValue().run(secure)));
  }

  @TestFactory
  Stream<DynamicTest> everyExampleIsAcceptedAndUsesOnlyDocumentedParameters() {
    return Peer.behaviours().stream()
        .map(behaviour -> DynamicTest.dynamicTest(behaviour.example(), () -> accepts(behaviour)));
  }

  private static void accepts(Behaviour behaviour) {
    Head head = Head.parse("GET " + behaviour.example() + " HTTP/1.1\r\n\r\n").orElseThrow();
    Reaction reaction = Catalogue.react(new Call(head, new Rooms()));
    if (reaction instanceof Reaction.Respond respond) {
      assertThat(respond.response().status()).isNotIn(400, 404, 405);
    }
    assertThat(behaviour.description()).isNotBlank().doesNotContain("\n");
  }
}
