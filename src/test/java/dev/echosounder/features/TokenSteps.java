package dev.echosounder.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.scenario.World;
import dev.echosounder.servers.TokenServer;
import io.cucumber.java.After;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An OAuth server, and an echo that lets in only who shows a token of it. */
public final class TokenSteps {
  private @Nullable TokenServer server;

  @Given("a token server whose echo wants a token")
  public void start() {
    server = TokenServer.startOrSkip(Duration.ofMinutes(1));
    World.current().endpoint(server.uri());
  }

  @Then("the token server was asked once")
  public void asked() throws IOException {
    try (InputStream in = Objects.requireNonNull(server).http("/asked").toURL().openStream()) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).contains("\"requests\":1,");
    }
  }

  /** After the vocabulary's own hook, which closes the connections. */
  @After(order = -1)
  public void stop() {
    if (server != null) {
      server.close();
    }
  }
}
