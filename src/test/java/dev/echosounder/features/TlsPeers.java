package dev.echosounder.features;

import dev.echosounder.peer.Peer;
import dev.echosounder.scenario.World;
import dev.echosounder.servers.Certificates;
import dev.echosounder.servers.Leaf;
import io.cucumber.java.After;
import io.cucumber.java.en.Given;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Peers that speak TLS, each with one certificate. The features name files below target/tls. */
public final class TlsPeers {
  private static @Nullable Certificates certificates;

  private @Nullable Peer peer;

  @Given("a TLS peer")
  public void good() throws IOException {
    start(Leaf.VALID, Peer.Options.defaults());
  }

  @Given("a TLS peer with a certificate for another host")
  public void otherName() throws IOException {
    start(Leaf.WRONG_HOST, Peer.Options.defaults());
  }

  @Given("a TLS peer whose intermediate certificate expires in 5 days")
  public void chained() throws IOException {
    start(Leaf.CHAINED, Peer.Options.defaults());
  }

  @Given("a TLS peer with an expired certificate")
  public void expired() throws IOException {
    start(Leaf.EXPIRED, Peer.Options.defaults());
  }

  @Given("a TLS peer that asks for a client certificate")
  public void mutual() throws IOException {
    start(Leaf.VALID, Peer.Options.defaults().withClientCertificate());
  }

  /** After the vocabulary's own hook, which closes the connections. */
  @After(order = -1)
  public void stop() {
    if (peer != null) {
      peer.close();
    }
  }

  private void start(Leaf leaf, Peer.Options options) throws IOException {
    peer = Peer.start(options.withTls(certificates().server(leaf)));
    World.current().endpoint(peer.uri("/echo"));
  }

  private static synchronized Certificates certificates() throws IOException {
    if (certificates == null) {
      certificates = new Certificates(Files.createDirectories(Path.of("target/tls")));
    }
    return certificates;
  }
}
