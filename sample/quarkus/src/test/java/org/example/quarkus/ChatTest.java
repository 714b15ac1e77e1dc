package org.example.quarkus;

import static dev.echosounder.junit.EchosounderAssertions.assertThat;

import dev.echosounder.junit.Endpoint;
import dev.echosounder.junit.WebSocketTest;
import dev.echosounder.scenario.TestClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import org.junit.jupiter.api.Test;

// snippet: test
@QuarkusTest
@WebSocketTest
class ChatTest {
  @TestHTTPResource("/chat")
  URI chat;

  @Endpoint
  URI endpoint() {
    return URI.create(chat.toString().replaceFirst("^http", "ws"));
  }

  @Test
  void greets(TestClient client) {
    assertThat(client.connect().send("alice")).receives("welcome, alice");
  }
  // end

  @Test
  void saysGoodbye(TestClient client) {
    assertThat(client.connect().send("leave")).isClosedByPeerWith(4000, "see you");
  }
}
