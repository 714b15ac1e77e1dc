package dev.echosounder.ws;

import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.Executor;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.HttpClientTransportOverHTTP2;
import org.eclipse.jetty.io.Transport;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * HTTP/2 for one attempt a connection. The tag of each destination keeps attempts from sharing one,
 * though HTTP/2 could: a shared TCP connection would measure its neighbours, and fall with them.
 */
final class Http2Transport extends HttpClientTransportOverHTTP2 {
  Http2Transport(Dialer dialer) {
    super(inOrder(dialer));
  }

  /**
   * What arrives is dealt with by the thread that reads it, one frame after the other: nothing here
   * blocks, and on other threads the end of TCP could overtake what came before it. Silence is for
   * our own timers to judge.
   */
  @SuppressWarnings("try") // that close() may throw: it is stopped by its HttpClient instead
  private static HTTP2Client inOrder(Dialer dialer) {
    HTTP2Client client =
        new HTTP2Client(dialer) {
          @Override
          public Executor getExecutor() {
            return Runnable::run;
          }
        };
    client.setStreamIdleTimeout(0);
    client.setIdleTimeout(0);
    return client;
  }

  @Override
  protected void connect(
      Transport transport,
      SslContextFactory.Client tls,
      SocketAddress address,
      Session.Listener listener,
      Promise<Session> promise,
      Map<String, Object> context) {
    Connection connection = Dialer.attempt(context).connection();
    Http2Listener ours = new Http2Listener(connection, listener);
    super.connect(transport, tls, address, ours, promise, context);
  }

  /** The server's SETTINGS have arrived: the first frame it sends (RFC 9113 §3.4). */
  @Override
  protected org.eclipse.jetty.client.Connection newConnection(
      Destination destination, Session session, HTTP2Connection connection) {
    Attempt attempt = (Attempt) destination.getOrigin().getTag();
    attempt.onHttp2(destination, ((HTTP2Session) session).isConnectProtocolEnabled());
    return super.newConnection(destination, session, connection);
  }
}
