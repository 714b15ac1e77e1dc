package dev.echosounder.junit;

import static dev.echosounder.junit.EchosounderAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.peer.Peer;
import dev.echosounder.peer.proxy.Fault;
import dev.echosounder.peer.proxy.FaultProxy;
import dev.echosounder.scenario.TestClient;
import dev.echosounder.scenario.TestConnection;
import dev.echosounder.ws.ConnectFailure;
import dev.echosounder.ws.Ending;
import dev.echosounder.ws.Phase;
import dev.echosounder.ws.Target;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The extension, used as its users do. */
@WebSocketTest
final class EchosounderTest {
  private static Peer server;

  @BeforeAll
  static void start(Peer peer) {
    server = peer;
  }

  @Endpoint
  Target endpoint() {
    return Target.of(server.uri("/echo?subprotocol=chat.v2"))
        .withSubprotocols(List.of("chat.v1", "chat.v2"));
  }

  @Test
  void sendsAndReceives(TestClient client) {
    TestConnection connection = client.connect();
    assertThat(connection).isOpen().usesSubprotocol("chat.v2");
    connection
        .send("Hello")
        .send(new byte[] {0, 1, -1})
        .send("a")
        .send("b")
        .send("noise")
        .send("c");
    assertThat(connection)
        .receives("Hello")
        .receives(new byte[] {0, 1, -1})
        .receivesInOrder("a", "b")
        .eventuallyReceives("c");
    assertThat(connection.send("tick 12")).receivesTextContaining("12");
    assertThat(connection.send("tick 13")).receivesTextMatching("tick \\d+");
    assertThat(connection.send("x").receiveText()).isEqualTo("x");
    assertThat(connection.send(new byte[] {7}).receiveBinary()).containsExactly(7);
    assertThat(connection).receivesNothingFor(Duration.ofMillis(20));
    assertThat(connection).phase(Phase.TCP).isLessThan(Duration.ofSeconds(5));
    assertThat(connection.close().cause()).isEqualTo(Ending.Cause.CLOSED_BY_US);
    assertThat(connection).endsCleanly();
  }

  @Test
  void refusals(TestClient client, Peer peer) {
    client.at(peer.uri("/refuse/401"));
    assertThat(client.tryToConnect()).isRefusedWith(401);
    assertThat(client.tryToConnect("again")).failsWith(ConnectFailure.Cause.HTTP_STATUS);
  }

  @Test
  void closes(TestClient client, Peer peer) {
    client.at(peer.uri("/close/4001?reason=bye&after=0"));
    TestConnection connection = client.connect();
    assertThat(connection)
        .isClosedByPeerWith(4001)
        .isClosedByPeerWith(4001, "bye")
        .endsWith(Ending.Cause.PEER_APPLICATION);
  }

  @Test
  void faults(TestClient client, FaultProxy proxy) {
    TestConnection connection = client.connect();
    assertThat(connection.send("before")).receives("before");
    proxy.apply(Fault.parse("reset now"));
    assertThat(connection).within(Duration.ofSeconds(2)).endsWith(Ending.Cause.RESET);
  }

  @Nested
  final class Inside {
    @Test
    void endpointOfTheOuterClass(TestClient client) {
      assertThat(client.connect()).usesSubprotocol("chat.v2");
    }
  }
}
