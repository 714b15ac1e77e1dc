package dev.echosounder.junit;

import static dev.echosounder.junit.EchosounderAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echosounder.peer.Peer;
import dev.echosounder.scenario.TestClient;
import dev.echosounder.scenario.TestConnection;
import dev.echosounder.ws.Phase;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a test that goes wrong says, and what is left behind by it. */
final class FailuresTest {
  @WebSocketTest
  static final class Wrong {
    @Test
    void expectation(TestClient client) {
      TestConnection connection = client.connect("alice").send("Helo");
      assertThat(connection).as("the greeting").receives("Hello");
    }

    @Test
    void otherFailure(TestClient client) {
      assertThat(client.connect().send("one").receiveText()).isEqualTo("two");
    }

    @Test
    void slowPhase(TestClient client) {
      assertThat(client.connect()).phase(Phase.UPGRADE).isLessThan(Duration.ofNanos(1));
    }

    @Test
    void phaseThatWasNot(TestClient client) {
      assertThat(client.connect()).phase(Phase.TLS).isLessThan(Duration.ofNanos(1));
    }

    @Test
    void unread(TestClient client) {
      client.connect().send("nobody reads this");
    }

    @Test
    void dropped(TestClient client, Peer peer) throws InterruptedException {
      client.at(peer.uri("/reset?after=0"));
      TestConnection connection = client.connect();
      assertThat(connection.connection().ended()).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void dropThatDoesNotMatter(TestClient client, Peer peer) {
      client.at(peer.uri("/reset?after=0")).ignoreDrops();
      assertThat(client.connect().connection().ended()).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void late(TestClient client) {
      assertThat(client.connect()).within(Duration.ofMillis(20)).receives("never");
    }
  }

  @Test
  void eachFailureTellsWhatHappened() {
    Launched run = Launched.of(Wrong.class);
    assertThat(run.of("expectation(TestClient)"))
        .contains("[the greeting] expected the text \"Hello\"")
        .contains("seen:         the text \"Helo\"")
        .contains("differs from character 4 on")
        .contains("timeline of alice to ws://127.0.0.1:")
        .contains("101 upgraded")
        .doesNotContain("what happened on the connections");
    assertThat(run.of("otherFailure(TestClient)"))
        .contains("expected: \"two\"")
        .contains("Suppressed: ", "what happened on the connections:", "timeline of I to ws://");
    assertThat(run.of("slowPhase(TestClient)"))
        .contains("[the upgrade phase of I]", "timeline of I to ws://");
    assertThat(run.of("phaseThatWasNot(TestClient)"))
        .contains("expected a tls phase", "it has not happened; the connection is still open");
    assertThat(run.of("unread(TestClient)"))
        .contains("expected no message left unread", "the first is the text \"nobody reads this\"");
    assertThat(run.of("dropped(TestClient, Peer)"))
        .contains("expected no drop", "the connection ended: reset");
    assertThat(run.of("dropThatDoesNotMatter(TestClient, Peer)")).isEqualTo("passed");
    assertThat(run.of("late(TestClient)"))
        .contains("the text \"never\" within 20 ms", "seen:         nothing");
    assertThat(run.entries)
        .hasSize(7)
        .anySatisfy(entry -> assertThat(entry).startsWith("timeline of alice=  timeline of alice"));
  }

  @WebSocketTest
  static final class Shared {
    private static URI shared;
    private static URI seen = URI.create("ws://nobody.invalid");

    @BeforeAll
    static void start(Peer peer) {
      shared = peer.uri("/echo");
    }

    @Test
    void sameForAll(Peer peer) {
      assertThat(peer.uri("/echo")).isEqualTo(shared);
      seen = shared;
    }

    @Nested
    final class Inner {
      @Test
      void andForNested(Peer peer) {
        assertThat(peer.uri("/echo")).isEqualTo(shared);
      }
    }
  }

  @WebSocketTest
  static final class Own {
    private static URI last = URI.create("ws://nobody.invalid");

    @Test
    void ownForEach(Peer peer, TestClient client) {
      last = peer.uri("/echo");
      assertThat(client.at(last).connect().send("x")).receives("x");
    }
  }

  @Test
  void peersLiveAsLongAsWhatAskedForThem() {
    assertThat(Launched.of(Shared.class).failed()).isEmpty();
    assertThat(Launched.of(Own.class).failed()).isEmpty();
    for (URI gone : new URI[] {Shared.seen, Own.last}) {
      assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), gone.getPort()).close())
          .isInstanceOf(ConnectException.class);
    }
  }

  @WebSocketTest(target = "http://localhost/")
  static final class NoWebSocket {
    @Test
    void test(TestClient client) {}
  }

  @WebSocketTest
  static final class TwoEndpoints {
    @Endpoint
    String one() {
      return "ws://localhost/1";
    }

    @Endpoint
    String two() {
      return "ws://localhost/2";
    }

    @Test
    void test(TestClient client) {}
  }

  @WebSocketTest
  static final class NoEndpoint {
    @Endpoint
    int port() {
      return 80;
    }

    @Test
    void test(TestClient client) {}
  }

  @WebSocketTest
  @TestInstance(TestInstance.Lifecycle.PER_METHOD)
  static final class TooEarly {
    @BeforeAll
    static void connect(TestClient client) {}

    @Endpoint
    String endpoint() {
      return "ws://localhost/";
    }

    @Test
    void test() {}
  }

  @Test
  void wrongEndpointsAreNamed() {
    assertThat(Launched.of(NoWebSocket.class).of("test(TestClient)"))
        .contains(
            "@WebSocketTest of dev.echosounder.junit.FailuresTest$NoWebSocket: expected a URL")
        .contains("got \"http://localhost/\"");
    assertThat(Launched.of(TwoEndpoints.class).of("test(TestClient)"))
        .contains("expected one method marked @Endpoint, without parameters");
    assertThat(Launched.of(NoEndpoint.class).of("test(TestClient)"))
        .contains("expected a URI, a String or a Target, got 80");
    assertThat(Launched.of(TooEarly.class).of("FailuresTest$TooEarly"))
        .contains("the endpoint of a test is not known before there is a test: ");
  }
}
