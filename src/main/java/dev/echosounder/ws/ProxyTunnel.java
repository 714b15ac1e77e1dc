package dev.echosounder.ws;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;

/**
 * Asks a proxy, to which TCP is connected, for a tunnel, and hands the socket on to what speaks
 * with the server. Jetty's own proxies send {@code ws} as a plain request, keep credentials for a
 * whole client, and say little of a failure; here each target has its own, and every step is
 * stamped where it is seen. Its callbacks come from I/O threads, one at a time.
 */
abstract sealed class ProxyTunnel extends AbstractConnection implements Connection.UpgradeFrom
    permits HttpTunnel, SocksTunnel {

  /** Makes the connection that goes through the tunnel. */
  interface Onward {
    Connection connect(EndPoint endPoint, Map<String, Object> context) throws IOException;
  }

  private static final int BUFFER = 4 * 1024;

  private final Attempt attempt;
  private final Map<String, Object> context;
  private final Onward onward;
  private final ByteBuffer buffer = BufferUtil.allocate(BUFFER);
  private boolean over;

  ProxyTunnel(
      EndPoint endPoint,
      Dialer dialer,
      Attempt attempt,
      Map<String, Object> context,
      Onward onward) {
    super(endPoint, dialer.getExecutor());
    this.attempt = attempt;
    this.context = context;
    this.onward = onward;
  }

  static ProxyTunnel through(
      EndPoint endPoint,
      Dialer dialer,
      Attempt attempt,
      Map<String, Object> context,
      Onward onward) {
    Proxy proxy = Objects.requireNonNull(attempt.target().proxy());
    return switch (proxy.kind()) {
      case HTTP, HTTPS -> new HttpTunnel(proxy, endPoint, dialer, attempt, context, onward);
      case SOCKS5 -> new SocksTunnel(proxy, endPoint, dialer, attempt, context, onward);
    };
  }

  /** The first bytes to the proxy. */
  abstract ByteBuffer greeting();

  /**
   * Takes what it can from {@code bytes}: sends, opens, refuses, or waits for more.
   *
   * @throws IOException if that is not what a proxy says; the message is for a person
   */
  abstract void read(ByteBuffer bytes) throws IOException;

  /** The server's host and port as the URL has them. */
  final String host() {
    return Proxy.bareHost(attempt.target().uri().getHost());
  }

  final int port() {
    return Admission.port(attempt.target().uri());
  }

  @Override
  public final void onOpen() {
    super.onOpen();
    attempt.onTunnelling(Proxy.authority(host(), port()));
    send(greeting());
    fillInterested();
  }

  final void send(ByteBuffer bytes) {
    getEndPoint().write(Callback.from(() -> {}, this::broken), bytes);
  }

  @Override
  public final void onFillable() {
    try {
      while (!over) {
        int filled = getEndPoint().fill(buffer);
        if (filled < 0) {
          throw new IOException("it closed the connection before the tunnel was open");
        } else if (filled == 0) {
          fillInterested();
          return;
        }
        read(buffer);
      }
    } catch (IOException | RuntimeException e) {
      broken(e);
    }
  }

  @Override
  public final void onFillInterestedFailed(Throwable cause) {
    broken(cause);
  }

  /** The proxy agreed: from here on the socket is the server's. */
  final void open(String answer) throws IOException {
    over = true;
    attempt.onTunnelled(answer);
    getEndPoint().upgrade(onward.connect(getEndPoint(), context));
  }

  /** The proxy refused, or failed. */
  final void refuse(ConnectFailure failure) {
    over = true;
    attempt.fail(failure);
    getEndPoint().close();
    // The attempt is over: this only lets go of what waits for a connection.
    Object waiting = context.get(org.eclipse.jetty.client.Connection.PROMISE_CONTEXT_KEY);
    if (waiting instanceof Promise<?> promise) {
      promise.failed(new IOException(failure.detail()));
    }
  }

  /** Whether the proxy has nothing more to say. */
  final boolean isOver() {
    return over;
  }

  final Target target() {
    return attempt.target();
  }

  private void broken(Throwable failure) {
    if (!over) {
      String tls = Failures.isTls(failure) ? "TLS with it failed: " : "";
      refuse(Blame.proxy(target(), tls + Failures.text(failure)));
    }
  }

  /** What has been read and is not the proxy's: a server's first bytes. */
  @Override
  public final ByteBuffer onUpgradeFrom() {
    return BufferUtil.copy(buffer);
  }
}
