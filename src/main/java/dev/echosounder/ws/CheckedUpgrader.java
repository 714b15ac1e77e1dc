package dev.echosounder.ws;

import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.client.HttpUpgrader;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http2.HTTP2Stream;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;

/**
 * Makes a WebSocket of an answer that opens, after checking what Jetty lets pass. Runs on the I/O
 * thread.
 */
final class CheckedUpgrader implements HttpUpgrader {
  private final HttpUpgrader jetty;
  private final Attempt attempt;
  private final FrameTap tap;

  CheckedUpgrader(HttpUpgrader jetty, Attempt attempt, FrameTap tap) {
    this.jetty = jetty;
    this.attempt = attempt;
    this.tap = tap;
  }

  @Override
  public void prepare(Request request) {
    jetty.prepare(request);
  }

  @Override
  public void upgrade(Response answer, EndPoint endPoint, Callback callback) {
    Connection connection = attempt.connection();
    Optional<ConnectFailure> fault =
        Refusal.faultOf(answer, attempt.getHeaders(), attempt.target());
    attempt.onAnswer(answer, fault.orElse(null));
    if (fault.isPresent()) {
      callback.failed(new Fault(fault.get()));
      return;
    }
    agree(answer, connection);
    EndPoint own =
        attempt.target().http() == HttpVersion.HTTP_1_1
            ? endPoint
            : StreamEndPoint.of((HTTP2Stream) endPoint.getTransport(), connection);
    jetty.upgrade(answer, new StrictEndPoint(own), callback);
  }

  private void agree(Response answer, Connection connection) {
    List<String> extensions = Refusal.extensions(answer);
    if (Deflate.chosen(extensions).isPresent()) {
      tap.agreed(attempt.target().deflate().agreement(extensions));
      connection.timeline().compressed();
    }
  }
}
