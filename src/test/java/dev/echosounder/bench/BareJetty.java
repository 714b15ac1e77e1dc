package dev.echosounder.bench;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.client.CoreClientUpgradeRequest;
import org.eclipse.jetty.websocket.core.client.WebSocketCoreClient;
import org.jspecify.annotations.Nullable;

/** Jetty's own core client, without the Jakarta API and without anything of ours. */
final class BareJetty implements BareChecks.Way {
  private final URI uri;
  private final QueuedThreadPool threads;
  private final WebSocketComponents components;
  private final WebSocketCoreClient client;

  /**
   * @param few one selector and three to six threads, as our client has; else what Jetty does by
   *     itself
   */
  BareJetty(URI uri, boolean few) throws Exception {
    this.uri = uri;
    threads = few ? new QueuedThreadPool(6, 3) : new QueuedThreadPool();
    ClientConnector connector = new ClientConnector();
    if (few) {
      threads.setReservedThreads(0);
      connector.setSelectors(1);
    }
    connector.setExecutor(threads);
    HttpClient http = new HttpClient(new HttpClientTransportOverHTTP(connector));
    http.setExecutor(threads);
    http.setConnectTimeout(BareChecks.DEADLINE_MILLIS);
    http.setIdleTimeout(BareChecks.DEADLINE_MILLIS);
    components = new WebSocketComponents(null, null, null, null, null, threads);
    client = new WebSocketCoreClient(http, components);
    LifeCycle.start(threads);
    LifeCycle.start(components);
    client.start();
  }

  @Override
  public void check(BareChecks.Ended ended) throws IOException {
    CoreClientUpgradeRequest request =
        CoreClientUpgradeRequest.from(client, uri, new Exchange(ended));
    Configuration.ConfigurationCustomizer limits = new Configuration.ConfigurationCustomizer();
    limits.setIdleTimeout(Duration.ofMillis(BareChecks.DEADLINE_MILLIS));
    request.setConfiguration(limits);
    client
        .connect(request)
        .whenComplete(
            (session, failure) -> {
              if (failure != null) {
                ended.ended(failure);
              }
            });
  }

  @Override
  public void close() {
    LifeCycle.stop(client);
    LifeCycle.stop(components);
    LifeCycle.stop(threads);
  }

  /** Sends, awaits the echo, closes. Called by one thread at a time. */
  private static final class Exchange implements FrameHandler {
    private final BareChecks.Ended ended;
    private @Nullable CoreSession session;
    private @Nullable Throwable failure;
    private boolean echoed;

    Exchange(BareChecks.Ended ended) {
      this.ended = ended;
    }

    @Override
    public void onOpen(CoreSession opened, Callback callback) {
      session = opened;
      opened.sendFrame(new Frame(OpCode.TEXT, BareChecks.TEXT), Callback.NOOP, false);
      callback.succeeded();
      opened.demand();
    }

    @Override
    public void onFrame(Frame frame, Callback callback) {
      CoreSession open = Objects.requireNonNull(session);
      if (frame.getOpCode() == OpCode.TEXT) {
        echoed = frame.getPayloadAsUTF8().equals(BareChecks.TEXT);
        open.close(CloseStatus.NORMAL, null, Callback.NOOP);
      }
      callback.succeeded();
      open.demand();
    }

    @Override
    public void onError(Throwable cause, Callback callback) {
      failure = cause;
      callback.succeeded();
    }

    @Override
    public void onClosed(CloseStatus status, Callback callback) {
      callback.succeeded();
      boolean good = failure == null && echoed && status.getCode() == CloseStatus.NORMAL;
      ended.ended(good ? null : new IOException("ended with " + status, failure));
    }
  }
}
