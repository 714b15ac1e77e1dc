package dev.echosounder.cli;

import dev.echosounder.peer.Behaviour;
import dev.echosounder.peer.Ledger;
import dev.echosounder.peer.Peer;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import nl.altindag.ssl.SSLFactory;
import nl.altindag.ssl.pem.util.PemUtils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code peer}: the echo and fault server on its own, until it is told to stop. */
@Command(
    name = "peer",
    mixinStandardHelpOptions = true,
    description = "Serves echo and every misbehaviour, by path, until SIGINT or SIGTERM.")
final class PeerCommand implements Callable<Integer> {
  private final Io io;

  @Option(names = "--host", paramLabel = "ADDRESS", description = "Default: 127.0.0.1.")
  private String host = "127.0.0.1";

  @Option(names = "--port", paramLabel = "PORT", description = "Default: 0, a free one.")
  private int port;

  @Option(names = "--tls-cert", paramLabel = "FILE", description = "PEM chain: serve wss.")
  private @Nullable Path certificate;

  @Option(names = "--tls-key", paramLabel = "FILE", description = "Its private key, PEM.")
  private @Nullable Path key;

  PeerCommand(Io io) {
    this.io = io;
  }

  @Override
  public Integer call() {
    if (port < 0 || port > 65_535) {
      throw new BadInput("--port: expected 0 to 65535, got " + port);
    }
    Peer peer = start(Peer.Options.defaults().withHost(host).withPort(port));
    // SIGINT and SIGTERM run the hook; the JVM ends when it returns.
    Thread hook = new Thread(() -> stop(peer), "peer-shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      list(peer);
      new CountDownLatch(1).await();
      return Exit.PASSED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      Runtime.getRuntime().removeShutdownHook(hook);
      stop(peer);
      return Exit.PASSED;
    }
  }

  private Peer start(Peer.Options options) {
    SSLContext tls = tls();
    try {
      return Peer.start(tls == null ? options : options.withTls(tls));
    } catch (IllegalStateException e) {
      Throwable cause = e.getCause();
      String why = cause == null ? "" : ": " + cause.getMessage();
      throw new BadInput(e.getMessage() + why + "; is the port in use, or the address another's?");
    }
  }

  private @Nullable SSLContext tls() {
    if (certificate == null && key == null) {
      return null;
    }
    if (certificate == null || key == null) {
      throw new BadInput("expected --tls-cert and --tls-key together, got one of them");
    }
    Path chain = EndpointOptions.readable(certificate, "--tls-cert");
    Path secret = EndpointOptions.readable(key, "--tls-key");
    try {
      return SSLFactory.builder()
          .withIdentityMaterial(PemUtils.loadIdentityMaterial(chain, secret))
          .build()
          .getSslContext();
    } catch (RuntimeException e) {
      throw new BadInput(
          "expected a PEM chain in %s and its key in %s: %s"
              .formatted(chain, secret, e.getMessage()));
    }
  }

  /** Its last word is what it served. */
  private void stop(Peer peer) {
    Ledger served = peer.ledger();
    Ledger.Closes closes = served.closes();
    peer.close();
    StringBuilder text = new StringBuilder();
    text.append("served ").append(served.upgrades()).append(" connections, refused ");
    text.append(served.refusals()).append("; received ").append(served.messagesIn());
    text.append(" messages, sent ").append(served.messagesOut()).append("; ended by us ");
    text.append(closes.byPeer()).append(", by the client ").append(closes.byClient());
    new TreeMap<>(closes.clientCodes())
        .forEach(
            (code, count) -> text.append(" [").append(code).append(": ").append(count).append("]"));
    text.append(", reset ").append(closes.reset()).append(", without a close frame ");
    io.print(text.append(closes.fin()).append(", open ").append(served.open()) + "\n");
    io.out().flush();
  }

  private void list(Peer peer) {
    io.print("listening on " + peer.uri("/") + "\n\n");
    int longest = Peer.behaviours().stream().mapToInt(b -> b.example().length()).max().orElse(0);
    for (Behaviour behaviour : Peer.behaviours()) {
      io.print(
          ("%-" + longest + "s  %s\n").formatted(behaviour.example(), behaviour.description()));
    }
    io.print("\nStop it with Ctrl-C.\n");
    io.out().flush();
  }
}
