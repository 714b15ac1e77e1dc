package dev.echosounder.ws;

import dev.echosounder.ws.ConnectFailure.Cause;
import jakarta.websocket.DeploymentException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.client.HttpUpgrader;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.ee11.websocket.jakarta.client.internal.JakartaClientUpgradeRequest;
import org.eclipse.jetty.ee11.websocket.jakarta.common.ConfiguredEndpoint;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IO;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.client.UpgradeListener;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to open a connection: records what happens on the way and ends, exactly once, in an
 * {@link Opening}. Its callbacks come from the calling thread (request), a look-up thread (DNS),
 * the I/O threads (the rest) and the timer; {@link #over} arbitrates between them.
 */
final class Attempt extends JakartaClientUpgradeRequest
    implements Response.HeadersListener, Response.ContentListener {

  private final Client client;
  private final Connection connection;
  private final boolean secure;
  private final FrameHandler tap;
  private final @Nullable Fetched credentials;
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicReference<Client.@Nullable Timer> deadline = new AtomicReference<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
  private volatile DialStage stage = DialStage.DNS;
  private volatile @Nullable SelectableChannel channel;
  private volatile @Nullable SSLEngine engine;
  private volatile @Nullable Response response;

  Attempt(Client client, Connection connection, ConfiguredEndpoint endpoint)
      throws DeploymentException {
    super(client.container(), client.core(), connection.target().uri(), endpoint);
    this.client = client;
    this.connection = connection;
    this.secure = connection.target().uri().getScheme().equalsIgnoreCase("wss");
    this.tap = new FrameTap(connection, super.getFrameHandler());
    Authorization authorization = connection.target().authorization();
    this.credentials = authorization == null ? null : new Fetched(authorization);
    tag(this);
    listener(new RequestEvents());
    addListener(new UpgradeEvents());
    client.prepare(this, connection.target());
  }

  Connection connection() {
    return connection;
  }

  /** Starts; returns at once. */
  void begin() {
    Duration patience = connection.target().timeouts().connect();
    deadline.set(client.after(patience, () -> timedOut(patience)));
    Fetched needed = credentials;
    if (needed == null) {
      dial();
      return;
    }
    stage = DialStage.AUTHORIZATION;
    // A little before our own deadline, which could not say what is wrong with the token server.
    needed.fetch(patience.multipliedBy(9).dividedBy(10), this::authorized);
  }

  private void authorized(@Nullable String header, @Nullable String why) {
    if (why != null) {
      fail(failure(Cause.LOCAL_ERROR, why));
    } else if (!over.get()) {
      headers(fields -> fields.put("Authorization", header));
      stage = DialStage.DNS;
      dial();
    }
  }

  private void dial() {
    try {
      var unused =
          client
              .core()
              .connect(this)
              .whenComplete(
                  (session, failure) -> {
                    client.release(this);
                    if (failure != null) {
                      fail(failureOf(failure));
                    }
                  });
    } catch (IOException e) {
      fail(new ConnectFailure(Cause.LOCAL_ERROR, Failures.text(e), null));
    }
  }

  /** Ends it, if nothing has ended it before. */
  void fail(ConnectFailure failure) {
    if (!over.compareAndSet(false, true)) {
      return;
    }
    cancelDeadline();
    IO.close(channel);
    handleException(new IOException(failure.detail()));
    if (credentials != null && credentials.isOutdated(failure) && connection.retry(failure)) {
      return;
    }
    connection.record(new Event.Refused(connection.now(), failure));
    client.forget(connection);
    connection.onOutcome(failure);
  }

  private void timedOut(Duration patience) {
    outOfTime(" within " + patience.toMillis() + " ms");
  }

  /** Fails by the stage in which it stands; {@code when} ends the sentence. */
  void outOfTime(String when) {
    Response answered = response;
    if (answered != null) {
      fail(Refusal.of(answered, bodySoFar(), null, connection.target().subprotocols()));
      return;
    }
    fail(stage.late(when));
  }

  private static ConnectFailure failure(Cause cause, String detail) {
    return new ConnectFailure(cause, detail, null);
  }

  private ConnectFailure failureOf(Throwable thrown) {
    if (thrown instanceof Fault fault) {
      return fault.failure();
    }
    Response answered = response;
    boolean cut =
        answered == null && stage == DialStage.UPGRADE && Failures.cause(thrown).isEmpty();
    if (cut) {
      return TlsFailure.cut(connection.howCut() + " before the upgrade was answered", request());
    } else if (answered == null && stage == DialStage.TLS && Failures.cause(thrown).isEmpty()) {
      String when = " during the TLS handshake" + TlsFailure.hint(request());
      return failure(Cause.TLS_HANDSHAKE, connection.howCut() + when);
    } else if (answered == null && Failures.isTls(thrown)) {
      return TlsFailure.of(thrown, request());
    } else if (stage == DialStage.TCP && Failures.isCut(thrown)) {
      // Accepted, and reset before the selector came round to it.
      return failure(Cause.CLOSED_EARLY, "cut as soon as it was connected");
    }
    return Refusal.of(answered, bodySoFar(), thrown, connection.target().subprotocols());
  }

  private @Nullable CertificateRequest request() {
    SSLEngine used = engine;
    return used == null ? null : client.tlsContexts().request(used).orElse(null);
  }

  private void enterUpgrade() {
    stage = DialStage.UPGRADE;
    cancelDeadline();
    Duration patience = connection.target().timeouts().upgrade();
    deadline.set(client.after(patience, () -> timedOut(patience)));
    if (over.get()) {
      cancelDeadline();
    }
  }

  private void cancelDeadline() {
    Client.Timer timer = deadline.getAndSet(null);
    if (timer != null) {
      timer.cancel();
    }
  }

  @Override
  public FrameHandler getFrameHandler() {
    return tap;
  }

  void onResolving(String host) {
    connection.record(new Event.Resolving(connection.now(), host));
  }

  void onResolved(List<InetSocketAddress> addresses) {
    connection.record(new Event.Resolved(connection.now(), addresses));
  }

  void onBlocked(String host, List<InetSocketAddress> addresses) {
    String all =
        addresses.stream()
            .map(a -> a.getAddress().getHostAddress())
            .collect(Collectors.joining(", "));
    fail(failure(Cause.BLOCKED, host + " is " + all + ", which may not be dialled"));
  }

  void onConnecting(InetSocketAddress remote) {
    stage = DialStage.TCP;
    connection.record(new Event.Connecting(connection.now(), remote));
  }

  void onChannel(SelectableChannel opened) {
    channel = opened;
    if (over.get()) {
      // The deadline passed between the look-up and this: fail() had no channel to close.
      IO.close(opened);
    }
  }

  void onNotConnected(InetSocketAddress remote, Throwable failure) {
    if (!over.get()) {
      connection.record(new Event.NotConnected(connection.now(), remote, Failures.text(failure)));
    }
  }

  void onConnected(EndPoint endPoint) {
    connection.record(
        new Event.Connected(
            connection.now(),
            (InetSocketAddress) endPoint.getLocalSocketAddress(),
            (InetSocketAddress) endPoint.getRemoteSocketAddress()));
    if (!secure) {
      enterUpgrade();
    }
  }

  void onTlsStarted(SslConnection ssl) {
    stage = DialStage.TLS;
    engine = ssl.getSSLEngine();
    ssl.addHandshakeListener(new TlsEvents());
    connection.record(new Event.TlsStarted(connection.now()));
  }

  private void recordUpgrading() {
    String path = getURI().getRawPath() == null ? "/" : getURI().getRawPath();
    String query = getURI().getRawQuery() == null ? "" : "?" + getURI().getRawQuery();
    connection.record(
        new Event.Upgrading(
            connection.now(),
            "GET " + (path.isEmpty() ? "/" : path) + query + " HTTP/1.1",
            Refusal.headers(getHeaders())));
  }

  @Override
  public void onHeaders(Response answer) {
    response = answer;
  }

  @Override
  public void onContent(Response answer, ByteBuffer content) {
    int room = ConnectFailure.Response.BODY_BYTES - body.size();
    body.writeBytes(Bytes.copyOf(content, room).toArray());
    if (content.remaining() > room) {
      // More would be thrown away: the refusal is known, so don't wait for an endless body.
      fail(Refusal.of(answer, bodySoFar(), null, connection.target().subprotocols()));
    }
  }

  private Bytes bodySoFar() {
    return Bytes.of(body.toByteArray());
  }

  @Override
  public HttpUpgrader newHttpUpgrader(HttpVersion version) {
    HttpUpgrader jetty = super.newHttpUpgrader(version);
    return new HttpUpgrader() {
      @Override
      public void prepare(Request request) {
        jetty.prepare(request);
      }

      @Override
      public void upgrade(Response answer, EndPoint endPoint, Callback callback) {
        response = answer;
        Optional<ConnectFailure> fault =
            Refusal.faultOf(answer, getHeaders(), connection.target().subprotocols());
        if (fault.isPresent()) {
          fail(fault.get());
          callback.failed(new Fault(fault.get()));
        } else {
          jetty.upgrade(answer, endPoint, callback);
        }
      }
    };
  }

  private final class TlsEvents implements SslHandshakeListener {
    @Override
    public void handshakeSucceeded(SslHandshakeListener.Event event) {
      connection.record(client.tlsFacts().of(event.getSSLEngine().getSession(), connection.now()));
      enterUpgrade();
      recordUpgrading();
    }

    @Override
    public void handshakeFailed(SslHandshakeListener.Event event, Throwable thrown) {
      fail(TlsFailure.of(thrown, request()));
    }
  }

  private final class RequestEvents implements Request.Listener {
    @Override
    public void onHeaders(Request request) {
      // Just before they are written. Over TLS the handshake's end comes later and is the start.
      if (!secure) {
        recordUpgrading();
      }
    }
  }

  private final class UpgradeEvents implements UpgradeListener {
    @Override
    public void onHandshakeResponse(Request request, Response answer) {
      if (answer.getStatus() != 101) {
        return;
      }
      if (!over.compareAndSet(false, true)) {
        throw new Fault(failure(Cause.UPGRADE_TIMEOUT, "the answer came too late"));
      }
      cancelDeadline();
      connection.onUpgraded(
          new Event.Upgraded(
              connection.now(),
              answer.getStatus(),
              Refusal.headers(answer.getHeaders()),
              answer.getHeaders().get("Sec-WebSocket-Protocol"),
              answer.getHeaders().getCSV("Sec-WebSocket-Extensions", true)));
    }
  }
}
