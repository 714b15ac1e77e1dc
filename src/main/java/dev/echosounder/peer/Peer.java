package dev.echosounder.peer;

import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.jspecify.annotations.Nullable;

/**
 * An embedded WebSocket server (RFC 6455, RFC 7692, HTTP/1.1) that behaves, or misbehaves, as the
 * URL of each connection says: {@link #behaviours()} lists how. Jetty gives it sockets, TLS and
 * threads; HTTP and frames are its own, so it shares no WebSocket code with the clients it tests.
 *
 * <p>All methods may be called from any thread. All its threads are daemons.
 */
public final class Peer implements AutoCloseable {
  private static final Duration CLOSE_WITHIN = Duration.ofMillis(500);

  private final Options options;
  private final Server server;
  private final ServerConnector connector;
  private final Tally tally = new Tally();
  private final Rooms rooms = new Rooms();

  private Peer(Options options) {
    this.options = options;
    QueuedThreadPool threads = new QueuedThreadPool(6, 2);
    threads.setName("peer");
    threads.setDaemon(true);
    threads.setReservedThreads(0);
    server = new Server(threads, new ScheduledExecutorScheduler("peer-timer", true), null);
    connector =
        new ServerConnector(server, null, null, null, 0, 1, factories()) {
          @Override
          protected SocketChannelEndPoint newEndPoint(
              SocketChannel channel, ManagedSelector selector, SelectionKey key) {
            TcpEndPoint endPoint = new TcpEndPoint(channel, selector, key, getScheduler());
            endPoint.setIdleTimeout(getIdleTimeout());
            return endPoint;
          }
        };
    connector.setHost(options.host());
    connector.setPort(options.port());
    connector.setIdleTimeout(options.httpKeepAlive().toMillis());
    connector.setAcceptQueueSize(1024);
    server.addConnector(connector);
  }

  /** Starts on loopback, on a free port, without TLS. */
  public static Peer start() {
    return start(Options.defaults());
  }

  /**
   * Starts and listens.
   *
   * @throws IllegalStateException if it cannot listen there
   */
  public static Peer start(Options options) {
    Peer peer = new Peer(options);
    try {
      peer.server.start();
    } catch (Exception e) {
      peer.close();
      throw new IllegalStateException(
          "cannot listen on " + options.host() + ":" + options.port(), e);
    }
    return peer;
  }

  /** Every behaviour there is, in the order of its documentation. */
  public static List<Behaviour> behaviours() {
    return Catalogue.behaviours();
  }

  public int port() {
    return connector.getLocalPort();
  }

  /** Whether it speaks TLS. */
  public boolean secure() {
    return options.tls() != null;
  }

  /** The ws or wss URI of a path and query, which must be percent-encoded already. */
  public URI uri(String pathAndQuery) {
    String host = options.host().contains(":") ? "[" + options.host() + "]" : options.host();
    return URI.create((secure() ? "wss://" : "ws://") + host + ":" + port() + pathAndQuery);
  }

  /** What it served so far. */
  public Ledger ledger() {
    return tally.snapshot();
  }

  /**
   * Sends every WebSocket connection a close frame with 1001, gives the clients half a second to
   * answer, then frees every socket, the port and the threads. A second call does nothing.
   */
  @Override
  public void close() {
    connector.close();
    List<Link> links = List.copyOf(tally.links);
    links.forEach(Link::goingAway);
    try {
      CompletableFuture.allOf(links.stream().map(Link::closed).toArray(CompletableFuture[]::new))
          .get(CLOSE_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (TimeoutException e) {
      // Those that did not answer, or were frozen by their script, are cut by the stop below.
      links.forEach(Link::close);
    }
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the peer did not stop", e);
    }
  }

  private ConnectionFactory[] factories() {
    ConnectionFactory plain =
        new AbstractConnectionFactory("http/1.1") {
          @Override
          public Link newConnection(Connector from, EndPoint endPoint) {
            Link link = new Link(endPoint, from, tally);
            link.receiver(new Http(link, tally, rooms));
            return link;
          }
        };
    if (options.tls() == null) {
      return new ConnectionFactory[] {plain};
    }
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setSslContext(options.tls());
    tls.setNeedClientAuth(options.clientCertificate());
    return new ConnectionFactory[] {new SslConnectionFactory(tls, plain.getProtocol()), plain};
  }

  /**
   * Where and how to listen.
   *
   * @param host address to bind
   * @param port port to bind, 0 for a free one
   * @param tls TLS with this context, or none
   * @param clientCertificate whether a client has to show one that the context trusts
   * @param httpKeepAlive idle HTTP connections are dropped after this; WebSocket ones never are
   */
  public record Options(
      String host,
      int port,
      @Nullable SSLContext tls,
      boolean clientCertificate,
      Duration httpKeepAlive) {
    /** Loopback, a free port, no TLS, two seconds. */
    public static Options defaults() {
      return new Options("127.0.0.1", 0, null, false, Duration.ofSeconds(2));
    }

    /** The same, asking every client for a certificate. */
    public Options withClientCertificate() {
      return new Options(host, port, tls, true, httpKeepAlive);
    }

    public Options withHost(String newHost) {
      return new Options(newHost, port, tls, clientCertificate, httpKeepAlive);
    }

    public Options withPort(int newPort) {
      return new Options(host, newPort, tls, clientCertificate, httpKeepAlive);
    }

    public Options withTls(SSLContext newTls) {
      return new Options(host, port, newTls, clientCertificate, httpKeepAlive);
    }

    public Options withHttpKeepAlive(Duration newHttpKeepAlive) {
      return new Options(host, port, tls, clientCertificate, newHttpKeepAlive);
    }
  }
}
