package dev.echosounder.features;

import dev.echosounder.scenario.World;
import dev.echosounder.servers.EchoServer;
import dev.echosounder.servers.ServerKind;
import io.cucumber.java.After;
import io.cucumber.java.en.Given;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A servlet container that knows its visitors by a cookie. */
public final class SessionServer {
  private @Nullable EchoServer server;

  @Given("a Tomcat server with sessions")
  public void start() {
    server = ServerKind.TOMCAT.startOrSkip();
    World.current().endpoint(server.uri().resolve("/session"));
  }

  @Given("the same server under the name {string}")
  public void rename(String host) {
    int port = Objects.requireNonNull(server).uri().getPort();
    World.current().endpoint(URI.create("ws://" + host + ":" + port + "/session"));
  }

  /** After the vocabulary's own hook, which closes the connections. */
  @After(order = -1)
  public void stop() {
    if (server != null) {
      server.close();
    }
  }
}
