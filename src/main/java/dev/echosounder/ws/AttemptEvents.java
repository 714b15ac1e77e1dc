package dev.echosounder.ws;

import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.websocket.core.client.UpgradeListener;

/** Jetty's listeners of one attempt, which hear more than it wants to know. */
final class AttemptEvents implements SslHandshakeListener, Request.Listener, UpgradeListener {
  private final Attempt attempt;

  AttemptEvents(Attempt attempt) {
    this.attempt = attempt;
  }

  @Override
  public void handshakeSucceeded(SslHandshakeListener.Event event) {
    attempt.onTlsDone(event.getSSLEngine());
  }

  @Override
  public void handshakeFailed(SslHandshakeListener.Event event, Throwable thrown) {
    attempt.onTlsFailed(thrown);
  }

  @Override
  public void onHeaders(Request request) {
    attempt.onRequest();
  }

  @Override
  public void onHandshakeResponse(Request request, Response response) {
    attempt.onHandshakeAnswer(response);
  }
}
