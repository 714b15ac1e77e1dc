package org.example.spring;

import static dev.echosounder.junit.EchosounderAssertions.assertThat;

import dev.echosounder.junit.Endpoint;
import dev.echosounder.junit.WebSocketTest;
import dev.echosounder.scenario.TestClient;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

// snippet: test
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@WebSocketTest
class ChatApplicationTest {
  @LocalServerPort int port;

  @Endpoint
  URI endpoint() {
    return URI.create("ws://localhost:" + port + "/chat");
  }

  @Test
  void greets(TestClient client) {
    assertThat(client.connect().send("alice")).receives("welcome, alice");
  }
}
// end
