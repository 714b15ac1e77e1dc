package org.example.chat;

import dev.echosounder.scenario.World;
import io.cucumber.java.AfterAll;
import io.cucumber.java.Before;
import io.cucumber.java.BeforeAll;
import io.cucumber.java.en.When;
import java.net.URI;
import java.util.concurrent.TimeUnit;

// snippet: glue
public class ChatSteps {
  private static ChatServer server;

  @BeforeAll
  public static void start() {
    server = new ChatServer();
  }

  @AfterAll
  public static void stop() {
    server.close();
  }

  @Before
  public void aimAtTheServer() {
    World.current().endpoint(URI.create("ws://localhost:" + server.port() + "/chat"));
  }

  @When("{word} joins the chat")
  public void join(String who) throws Exception {
    World.current().connection(who).sendText("join " + who).get(5, TimeUnit.SECONDS);
  }
}
// end
