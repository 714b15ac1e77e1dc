package dev.echosounder.ws;

import dev.echosounder.ws.Blame.Stage;
import dev.echosounder.ws.ConnectFailure.Cause;
import jakarta.websocket.DeploymentException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
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
  private final Target target;

  /** The URLs that redirected on the way here, oldest first. */
  private final List<URI> before;

  private final boolean secure;
  private final FrameHandler tap;
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicReference<Client.@Nullable Timer> deadline = new AtomicReference<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
  private volatile Stage stage = Stage.DNS;
  private volatile @Nullable Race race;
  private volatile @Nullable Response response;

  Attempt(
      Client client,
      Connection connection,
      Target target,
      List<URI> before,
      ConfiguredEndpoint endpoint)
      throws DeploymentException {
    super(client.container(), client.core(), target.uri(), endpoint);
    this.client = client;
    this.connection = connection;
    this.target = target;
    this.before = List.copyOf(before);
    this.secure = target.uri().getScheme().equalsIgnoreCase("wss");
    this.tap = new FrameTap(connection, super.getFrameHandler());
    tag(this);
    listener(new RequestEvents());
    addListener(new UpgradeEvents());
    client.prepare(this, target);
  }

  Connection connection() {
    return connection;
  }

  /** What this attempt goes to: after a redirect another than the connection's. */
  Target target() {
    return target;
  }

  Client.Timer after(Duration delay, Runnable task) {
    return client.after(delay, task);
  }

  /** Starts; returns at once. */
  void begin() {
    Duration patience = target.timeouts().connect();
    deadline.set(client.after(patience, () -> timedOut(patience)));
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

  /** Ends it, if nothing has ended it before; a redirect that is followed begins another. */
  void fail(ConnectFailure failure) {
    if (!over.compareAndSet(false, true)) {
      return;
    }
    cancelDeadline();
    Race dialling = race;
    if (dialling != null) {
      dialling.abandon();
    }
    handleException(new IOException(failure.detail()));
    Redirect.Next next = Redirect.after(failure, target, before);
    if (next instanceof Redirect.Next.Hop hop) {
      connection.hop(hop);
    } else if (next instanceof Redirect.Next.End end) {
      connection.record(new Event.Refused(connection.now(), end.failure()));
      client.forget(connection);
      connection.onOutcome(end.failure());
    }
  }

  private void timedOut(Duration patience) {
    outOfTime(" within " + patience.toMillis() + " ms");
  }

  /** Fails by the stage in which it stands; {@code when} ends the sentence. */
  void outOfTime(String when) {
    Response answered = response;
    if (answered != null) {
      fail(Refusal.of(answered, bodySoFar(), null, target.subprotocols()));
      return;
    }
    fail(Blame.late(stage, target, when));
  }

  private static ConnectFailure failure(Cause cause, String detail) {
    return new ConnectFailure(cause, detail, null);
  }

  private ConnectFailure failureOf(Throwable thrown) {
    if (thrown instanceof Fault fault) {
      return fault.failure();
    }
    Response answered = response;
    Optional<ConnectFailure> early =
        answered == null ? Blame.of(thrown, stage, target, connection.howCut()) : Optional.empty();
    return early.orElseGet(() -> Refusal.of(answered, bodySoFar(), thrown, target.subprotocols()));
  }

  private void enterUpgrade() {
    stage = Stage.UPGRADE;
    cancelDeadline();
    Duration patience = target.timeouts().upgrade();
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

  void onBlocked(String why) {
    fail(failure(Cause.BLOCKED, why));
  }

  void onRace(Race begun) {
    race = begun;
    if (over.get()) {
      // The deadline passed between the look-up and this: fail() had no race to abandon.
      begun.abandon();
    }
  }

  void onConnecting(SocketAddress remote) {
    stage = Stage.TCP;
    connection.record(new Event.Connecting(connection.now(), remote));
  }

  void onNotConnected(SocketAddress remote, String detail) {
    if (!over.get()) {
      connection.record(new Event.NotConnected(connection.now(), remote, detail));
    }
  }

  void onConnected(EndPoint endPoint, SocketAddress remote) {
    connection.record(
        new Event.Connected(connection.now(), endPoint.getLocalSocketAddress(), remote));
    if (!secure && target.route().proxy() == null) {
      enterUpgrade();
    }
  }

  void onTunnelling(String server) {
    stage = Stage.TUNNEL;
    String proxy = String.valueOf(target.route().proxy());
    connection.record(new Event.Tunnelling(connection.now(), proxy, server));
  }

  void onTunnelled(String answer) {
    connection.record(new Event.Tunnelled(connection.now(), answer));
    if (!secure) {
      enterUpgrade();
    }
  }

  void onTlsStarted(SslConnection ssl) {
    stage = Stage.TLS;
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
      fail(Refusal.of(answer, bodySoFar(), null, target.subprotocols()));
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
            Refusal.faultOf(answer, getHeaders(), target.subprotocols());
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
      connection.record(TlsFacts.of(event.getSSLEngine().getSession(), connection.now()));
      enterUpgrade();
      recordUpgrading();
    }

    @Override
    public void handshakeFailed(SslHandshakeListener.Event event, Throwable thrown) {
      Cause cause = Failures.cause(thrown).orElse(Cause.TLS_HANDSHAKE);
      fail(failure(cause, Failures.text(thrown)));
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
