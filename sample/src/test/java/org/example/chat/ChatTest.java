package org.example.chat;

import static dev.echosounder.junit.EchosounderAssertions.assertThat;

import dev.echosounder.junit.Endpoint;
import dev.echosounder.junit.WebSocketTest;
import dev.echosounder.peer.proxy.Fault;
import dev.echosounder.peer.proxy.FaultProxy;
import dev.echosounder.scenario.TestClient;
import dev.echosounder.scenario.TestConnection;
import dev.echosounder.ws.Ending;
import dev.echosounder.ws.Phase;
import dev.echosounder.ws.Target;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

// snippet: extension
@WebSocketTest
class ChatTest {
  static ChatServer server;

  @BeforeAll
  static void start() {
    server = new ChatServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Endpoint
  Target endpoint() {
    return Target.of(URI.create("ws://localhost:" + server.port() + "/chat")).withBearer("letmein");
  }

  @Test
  void greetsWhoJoins(TestClient client) {
    TestConnection alice = client.connect("alice");
    alice.send("join alice");
    assertThat(alice).within(Duration.ofSeconds(2)).receives("welcome, alice");
    assertThat(alice).phase(Phase.UPGRADE).isLessThan(Duration.ofSeconds(2));
  }
  // end

  // snippet: refusal
  @Test
  void letsNobodyInWithoutAToken(TestClient client) {
    client.at(URI.create("ws://localhost:" + server.port() + "/chat"));
    assertThat(client.tryToConnect()).isRefusedWith(401);
  }
  // end

  // snippet: ending
  @Test
  void saysGoodbye(TestClient client) {
    TestConnection alice = client.connect("alice").send("leave");
    assertThat(alice).isClosedByPeerWith(4000, "see you");
  }
  // end

  // snippet: fault
  @Test
  void noticesThatTheNetworkBreaks(TestClient client, FaultProxy proxy) {
    TestConnection alice = client.connect("alice");
    proxy.apply(Fault.parse("reset now"));
    assertThat(alice).endsWith(Ending.Cause.RESET);
  }
  // end
}
