package dev.echosounder.ws;

import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.HttpClientTransportOverHTTP2;

/**
 * HTTP/2 for one attempt a connection. The tag of each destination keeps attempts from sharing one,
 * though HTTP/2 could: a shared TCP connection would measure its neighbours, and fall with them.
 */
final class Http2Transport extends HttpClientTransportOverHTTP2 {
  Http2Transport(Dialer dialer) {
    super(unhurried(dialer));
  }

  /** Silence is for our own timers to judge. */
  private static HTTP2Client unhurried(Dialer dialer) {
    HTTP2Client client = new HTTP2Client(dialer);
    client.setStreamIdleTimeout(0);
    client.setIdleTimeout(0);
    return client;
  }

  /** The server's SETTINGS have arrived: the first frame it sends (RFC 9113 §3.4). */
  @Override
  protected Connection newConnection(
      Destination destination, Session session, HTTP2Connection connection) {
    Attempt attempt = (Attempt) destination.getOrigin().getTag();
    attempt.onHttp2(destination, ((HTTP2Session) session).isConnectProtocolEnabled());
    return super.newConnection(destination, session, connection);
  }
}
