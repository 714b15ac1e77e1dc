package dev.echosounder.features;

import dev.echosounder.scenario.World;
import dev.echosounder.servers.Certificates;
import dev.echosounder.servers.Crossroads;
import dev.echosounder.servers.EchoServer;
import dev.echosounder.servers.ForwardProxy;
import dev.echosounder.servers.Leaf;
import dev.echosounder.servers.Start;
import dev.echosounder.servers.TlsProxy;
import dev.echosounder.ws.Proxy;
import io.cucumber.java.After;
import io.cucumber.java.en.Given;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** Real proxies, and a real server on a unix socket. */
public final class Ways {
  private final Deque<AutoCloseable> running = new ArrayDeque<>();

  @Given("a tinyproxy before the endpoint")
  public void tinyproxy() {
    proxy(ForwardProxy.HTTP.start(), "http");
  }

  @Given("a microsocks before the endpoint")
  public void microsocks() {
    proxy(ForwardProxy.SOCKS.start(), "socks5");
  }

  @Given("a haproxy with TLS before a tinyproxy before the endpoint")
  public void haproxy() throws IOException {
    Certificates certificates = new Certificates(Files.createTempDirectory("tls-proxy"));
    proxy(TlsProxy.start(certificates, Leaf.VALID), "https");
    World.current().change(t -> t.withTls(t.tls().withCa(certificates.authority())));
  }

  private void proxy(Start start, String scheme) {
    EchoServer started = start.orSkip();
    running.push(started);
    Proxy proxy =
        Proxy.of(scheme + "://127.0.0.1:" + started.uri().getPort())
            .withCredentials(ForwardProxy.USER, ForwardProxy.PASSWORD);
    World.current().change(t -> t.withRoute(t.route().withProxy(proxy)));
  }

  @Given("an nginx on the unix socket {string}")
  public void nginx(String socket) throws IOException {
    Path path = Path.of(socket).toAbsolutePath();
    Path directory = Files.createDirectories(path.resolveSibling("tls"));
    running.push(Crossroads.startOrSkip(new Certificates(directory), path));
  }

  /** After the vocabulary's own hook, which closes the connections. */
  @After(order = -1)
  public void stop() throws Exception {
    while (!running.isEmpty()) {
      running.pop().close();
    }
  }
}
