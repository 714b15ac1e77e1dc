package dev.echosounder.ws;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.DeploymentException;
import java.io.Closeable;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.UpgradeProtocolHandler;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.ee11.websocket.jakarta.client.JakartaWebSocketClientContainer;
import org.eclipse.jetty.ee11.websocket.jakarta.common.ConfiguredEndpoint;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.util.IO;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.util.thread.ShutdownThread;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.WebSocketExtensionRegistry;
import org.eclipse.jetty.websocket.core.client.WebSocketCoreClient;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections; serves many of them with few threads. Thread-safe.
 *
 * <p>Three to six I/O threads, one timer thread, and threads of their own while names are looked up
 * and while certificates are read. All are daemons. Closing the client leaves none, but for those
 * that the system holds in a call that can't be interrupted, until it returns.
 */
public final class Client implements AutoCloseable {
  /** One for all: nothing is ever put into it. */
  private static final ClientEndpointConfig ENDPOINT_CONFIG =
      ClientEndpointConfig.Builder.create().build();

  private static final String USER_AGENT = "Echosounder/" + version();

  /** Longer than any connect timeout of a target: those are ours, and tell the stage. */
  private static final long JETTY_CONNECT_TIMEOUT_MS = TimeUnit.MINUTES.toMillis(2);

  /** How long {@link #close()} waits beyond the longest close timeout of its connections. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final LongSupplier clock;
  private final QueuedThreadPool threads = new QueuedThreadPool(6, 3);
  private final ArrayByteBufferPool buffers = new ArrayByteBufferPool();
  private final Scheduler scheduler = new ScheduledExecutorScheduler("echosounder-timer", true);
  private final TlsContexts tlsContexts = new TlsContexts();
  private final TlsFacts tlsFacts = new TlsFacts();
  private final Resolver resolver = new Resolver(tlsContexts);
  private final HttpClient http;
  private final WebSocketComponents components;
  private final WebSocketCoreClient core;

  /** Guarded by this: made when first asked for, as few ever do. */
  private @Nullable WebSocketCoreClient core2;

  private final JakartaWebSocketClientContainer container;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

  /** Set by any thread; the I/O threads read it. */
  private volatile Listener witness = Listener.NONE;

  private Client(LongSupplier clock) throws Exception {
    this.clock = clock;
    threads.setName("echosounder-io");
    threads.setDaemon(true);
    threads.setReservedThreads(0);
    http = quiet(new HttpClient(new HttpClientTransportOverHTTP(dialer())));
    WebSocketExtensionRegistry extensions = new WebSocketExtensionRegistry();
    extensions.register(WireExtension.NAME, WireExtension.class);
    extensions.register(Deflate.NAME, DeflateExtension.class);
    extensions.register(PlainExtension.NAME, PlainExtension.class);
    components = new WebSocketComponents(extensions, null, buffers, null, null, threads);
    core = new WebSocketCoreClient(http, components);
    container = new JakartaWebSocketClientContainer(components, c -> core);
  }

  /** One selector, on the shared threads. */
  private Dialer dialer() {
    Dialer dialer = new Dialer();
    dialer.setExecutor(threads);
    dialer.setScheduler(scheduler);
    dialer.setByteBufferPool(buffers);
    dialer.setSelectors(1);
    dialer.setSslContextFactory(TlsContexts.unloaded());
    return dialer;
  }

  /** Nothing of its own accord: no redirect, no cookie, no limit that is not ours. */
  private HttpClient quiet(HttpClient http) {
    http.setExecutor(threads);
    http.setScheduler(scheduler);
    http.setByteBufferPool(buffers);
    http.setSocketAddressResolver(resolver);
    http.setConnectTimeout(JETTY_CONNECT_TIMEOUT_MS);
    http.setIdleTimeout(0);
    http.setFollowRedirects(false);
    http.setHttpCookieStore(new HttpCookieStore.Empty());
    http.setUserAgentField(null);
    return http;
  }

  /**
   * A client of its own, with its own threads.
   *
   * @throws IllegalStateException if its threads or its selector can't be had
   */
  public static Client create() {
    return create(System::nanoTime);
  }

  static Client create(LongSupplier clock) {
    try {
      Client client = new Client(clock);
      client.start();
      return client;
    } catch (Exception e) {
      throw new IllegalStateException("the client can't start: " + Failures.text(e), e);
    }
  }

  private void start() throws Exception {
    LifeCycle.start(threads);
    LifeCycle.start(scheduler);
    LifeCycle.start(components);
    container.start();
    // On SIGTERM its hook would stop it under our connections, before they are closed with 1001.
    ShutdownThread.deregister(container);
    // The container makes its core client on first use, unsynchronised: parallel first connections
    // would make two.
    container.getExecutor();
    handOver(http);
  }

  /** Every answer but an upgrade as it is: no redirect, no retry with credentials, no decoding. */
  private static void handOver(HttpClient started) {
    started.getProtocolHandlers().clear();
    started.getProtocolHandlers().put(new UpgradeProtocolHandler());
    started.getContentDecoderFactories().clear();
  }

  /** Starts to connect and returns at once; {@code listener} hears everything. */
  public Connection open(Target target, Listener listener) {
    return open(target, listener, Timeline.DEFAULT_FRAMES);
  }

  /** As {@link #open(Target, Listener)}, keeping the newest {@code frames} frames. */
  public Connection open(Target target, Listener listener, int frames) {
    Connection connection = new Connection(this, target, listener, frames);
    connections.add(connection);
    connection.attempts().start(attempt(connection, target, List.of()));
    return connection;
  }

  /**
   * An attempt that has not begun.
   *
   * @param before the URLs that redirected to {@code target}, oldest first
   */
  Attempt attempt(Connection connection, Target target, List<URI> before) {
    try {
      ConfiguredEndpoint endpoint =
          new ConfiguredEndpoint(new MessageEndpoint(connection), ENDPOINT_CONFIG);
      FrameHandler jakarta = container.newFrameHandler(endpoint, new Opened(target.uri()));
      return new Attempt(this, connection, target, before, new FrameTap(connection, jakarta));
    } catch (DeploymentException e) {
      throw new IllegalStateException("the endpoint can't be deployed", e);
    }
  }

  /** Runs {@code task} on a thread of the pool, and not within what the caller is called by. */
  void execute(Runnable task) {
    threads.execute(task);
  }

  /** From now on {@code listener} hears the events of every connection, after its own listener. */
  public void witness(Listener listener) {
    witness = listener;
  }

  Listener witness() {
    return witness;
  }

  /** Puts the target's options into the request. */
  void prepare(Attempt attempt, Target target) {
    attempt.headers(
        fields -> {
          target.headers().forEach(h -> fields.add(h.name(), h.value()));
          if (!fields.contains("User-Agent")) {
            fields.add("User-Agent", USER_AGENT);
          }
          if (!target.subprotocols().isEmpty()) {
            fields.put("Sec-WebSocket-Protocol", String.join(", ", target.subprotocols()));
          }
        });
    attempt.addExtensions(WireExtension.NAME);
    if (target.deflate().offered()) {
      attempt.addExtensions(target.deflate().offer());
      attempt.addExtensions(PlainExtension.NAME);
    }
    Configuration.ConfigurationCustomizer limits = new Configuration.ConfigurationCustomizer();
    limits.setIdleTimeout(Duration.ZERO);
    limits.setAutoFragment(false);
    limits.setMaxFrameSize(target.limits().frame());
    limits.setMaxTextMessageSize(target.limits().message());
    limits.setMaxBinaryMessageSize(target.limits().message());
    attempt.setConfiguration(limits);
  }

  /** Frees what Jetty keeps for an attempt: each has a destination of its own, by its tag. */
  void release(Attempt attempt) {
    HttpClient its = core(attempt.target().http()).getHttpClient();
    for (Destination destination : its.getDestinations()) {
      if (destination.getOrigin().getTag() == attempt) {
        its.removeDestination(destination);
      }
    }
  }

  /**
   * Ends the HTTP/2 connection that a WebSocket had for itself; TCP at the latest after a grace.
   */
  void release(Destination destination, @Nullable Closeable channel) {
    destination.getHttpClient().removeDestination(destination);
    after(GRACE, () -> IO.close(channel));
  }

  void forget(Connection connection) {
    connections.remove(connection);
  }

  LongSupplier clock() {
    return clock;
  }

  JakartaWebSocketClientContainer container() {
    return container;
  }

  WebSocketCoreClient core(HttpVersion version) {
    return version == HttpVersion.HTTP_1_1 ? core : core2();
  }

  private synchronized WebSocketCoreClient core2() {
    if (core2 == null) {
      HttpClient http2 = quiet(new HttpClient(new Http2Transport(dialer())));
      WebSocketCoreClient made = new WebSocketCoreClient(http2, components);
      try {
        made.start();
      } catch (Exception e) {
        throw new IllegalStateException("HTTP/2 can't start: " + Failures.text(e), e);
      }
      handOver(http2);
      core2 = made;
    }
    return core2;
  }

  TlsContexts tlsContexts() {
    return tlsContexts;
  }

  TlsFacts tlsFacts() {
    return tlsFacts;
  }

  /** A task that can be called off. */
  interface Timer {
    void cancel();
  }

  /** Runs {@code task} on the timer thread after {@code delay}; it must not block. */
  Timer after(Duration delay, Runnable task) {
    Scheduler.Task scheduled = scheduler.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    return scheduled::cancel;
  }

  /** Closes every connection with 1001 and waits for them, then frees every thread and socket. */
  @Override
  public void close() {
    List<Connection> open = List.copyOf(connections);
    Duration patience = GRACE;
    for (Connection connection : open) {
      Duration own = connection.target().timeouts().close().plus(GRACE);
      patience = own.compareTo(patience) > 0 ? own : patience;
      connection.shutDown();
    }
    CompletableFuture<?>[] ends =
        open.stream().map(Connection::over).toArray(CompletableFuture<?>[]::new);
    CompletableFuture<Void> all = CompletableFuture.allOf(ends);
    all.completeOnTimeout(null, patience.toNanos(), TimeUnit.NANOSECONDS).join();
    LifeCycle.stop(container);
    LifeCycle.stop(core);
    synchronized (this) {
      LifeCycle.stop(core2);
    }
    LifeCycle.stop(components);
    LifeCycle.stop(scheduler);
    LifeCycle.stop(threads);
    resolver.close();
    tlsContexts.close();
  }

  private static String version() {
    String version = Client.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }
}
