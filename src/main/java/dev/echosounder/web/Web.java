package dev.echosounder.web;

import java.time.Clock;
import java.time.Duration;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.jspecify.annotations.Nullable;

/**
 * The daemon's HTTP server (HTTP/1.1, TLS if so configured). All methods may be called from any
 * thread; all its threads are daemons.
 */
public final class Web implements AutoCloseable {
  private static final int THREADS = 10;

  private final Server server;
  private final ServerConnector connector;
  private final Patience patience;
  private final Gate gate;
  private final SslContextFactory.@Nullable Server tls;

  private Web(Settings settings, Sources sources) {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 2);
    threads.setName("web");
    threads.setDaemon(true);
    threads.setReservedThreads(0);
    server = new Server(threads, new ScheduledExecutorScheduler("web-timer", true), null);
    tls = tls(settings.security());
    connector = new ServerConnector(server, null, null, null, 0, 1, factories(settings.limits()));
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setIdleTimeout(settings.limits().idle().toMillis());
    connector.setAcceptQueueSize(128);
    Limits limits = settings.limits();
    patience =
        new Patience(
            server.getScheduler(), limits.requestTime(), limits.answerTime(), limits.idle());
    connector.addBean(patience);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(limits.connections(), connector));
    gate = new Gate(limits, patience, settings.security(), new Routes(settings, sources));
    server.setHandler(gate);
    server.setErrorHandler(new PlainErrors(gate::decorate));
  }

  /**
   * Starts and listens.
   *
   * @throws IllegalArgumentException if a file of the security settings can't be used; says which
   * @throws IllegalStateException if it can't listen there
   */
  public static Web start(Settings settings, Sources sources) {
    Web web = new Web(settings, sources);
    try {
      web.server.start();
    } catch (Exception e) {
      web.close();
      throw new IllegalStateException(
          "can't listen on %s:%d: %s".formatted(settings.host(), settings.port(), e.getMessage()),
          e);
    }
    return web;
  }

  /** The port it listens on. */
  public int port() {
    return connector.getLocalPort();
  }

  /** How many connections are open. */
  int connections() {
    return patience.watched();
  }

  /**
   * Takes over other users, headers and certificates at once: open connections go on. This is how
   * renewed certificate files are read.
   *
   * @throws IllegalArgumentException if a file can't be used, or if TLS would be switched on or
   *     off, which takes a restart; nothing has changed then
   */
  public void secure(WebSecurity security) {
    WebSecurity.ServerTls wanted = security.tls();
    if ((tls == null) != (wanted == null)) {
      throw new IllegalArgumentException("switching TLS on or off takes a restart");
    }
    if (tls != null && wanted != null) {
      // Tried on a factory of its own first: a failed reload would leave the real one half done.
      started(wanted);
      try {
        tls.reload(factory -> TlsFiles.configure(tls, wanted));
      } catch (Exception e) {
        throw new IllegalArgumentException("TLS can't be set up: " + e.getMessage(), e);
      }
    }
    gate.secure(security);
  }

  /** Stops listening and frees every socket and thread. A second call does nothing. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP server did not stop", e);
    }
  }

  private static SslContextFactory.@Nullable Server tls(WebSecurity security) {
    WebSecurity.ServerTls wanted = security.tls();
    if (wanted == null) {
      return null;
    }
    started(wanted);
    SslContextFactory.Server factory = new SslContextFactory.Server();
    TlsFiles.configure(factory, wanted);
    return factory;
  }

  private static void started(WebSecurity.ServerTls wanted) {
    SslContextFactory.Server trial = new SslContextFactory.Server();
    TlsFiles.configure(trial, wanted);
    try {
      trial.start();
      trial.stop();
    } catch (Exception e) {
      throw new IllegalArgumentException("TLS can't be set up: " + e.getMessage(), e);
    }
  }

  private ConnectionFactory[] factories(Limits limits) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setRequestHeaderSize(limits.headerBytes());
    http.setMaxUnconsumedRequestContentReads(1);
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    return tls == null
        ? new ConnectionFactory[] {plain}
        : new ConnectionFactory[] {
          new SslConnectionFactory(tls, HttpVersion.HTTP_1_1.asString()), plain
        };
  }

  /**
   * Where to listen, and for whom.
   *
   * @param host address to bind
   * @param port port to bind, 0 for a free one
   * @param clock tells the time that pages show ages from
   */
  public record Settings(String host, int port, WebSecurity security, Limits limits, Clock clock) {
    /** Plain HTTP for everyone, default limits, the system's clock. */
    public static Settings of(String host, int port) {
      return new Settings(host, port, WebSecurity.NONE, Limits.DEFAULT, Clock.systemUTC());
    }

    /** The same, so protected. */
    public Settings withSecurity(WebSecurity other) {
      return new Settings(host, port, other, limits, clock);
    }

    /** The same with these limits. */
    public Settings withLimits(Limits other) {
      return new Settings(host, port, security, other, clock);
    }
  }

  /**
   * What clients may use up.
   *
   * @param headerBytes of a request's line and headers: beyond, 414 or 431
   * @param bodyBytes of a request's body, which is never read: beyond, 413
   * @param connections open at once: beyond, none is accepted until one closes
   * @param requests answered at once: beyond, 503
   * @param probes of those, probes on demand: beyond, 503
   * @param probeTime for a probe on demand if Prometheus does not say; and at most
   * @param requestTime to open a connection and send the first request's line and headers
   * @param answerTime to be answered, and to take the answer: longer than {@code probeTime}
   * @param idle from an answer to the next request on the same connection
   */
  public record Limits(
      int headerBytes,
      long bodyBytes,
      int connections,
      int requests,
      int probes,
      Duration probeTime,
      Duration requestTime,
      Duration answerTime,
      Duration idle) {
    /** 8 KiB, 64 KiB; 512 connections, 64 requests, 32 probes; 2 min, 10 s, 3 min, 3 min. */
    public static final Limits DEFAULT =
        new Limits(
            8 << 10,
            64 << 10,
            512,
            64,
            32,
            Duration.ofMinutes(2),
            Duration.ofSeconds(10),
            Duration.ofMinutes(3),
            Duration.ofMinutes(3));
  }
}
