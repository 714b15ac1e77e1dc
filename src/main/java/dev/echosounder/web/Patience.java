package dev.echosounder.web;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Cuts connections that take too long to say what they want, or to take what they get. Jetty's idle
 * timeout does not: a client that sends a byte every few seconds is never idle.
 */
final class Patience implements Connection.Listener {
  private final Scheduler scheduler;
  private final Duration asking;
  private final Duration answering;
  private final Duration resting;

  /** By the end point of the TCP connection, which TLS wraps. */
  private final Map<EndPoint, Scheduler.Task> timers = new ConcurrentHashMap<>();

  /**
   * @param asking from the connection's begin to its first request's head
   * @param answering from a request's head to the end of its answer
   * @param resting from an answer's end to the next request's head
   */
  Patience(Scheduler scheduler, Duration asking, Duration answering, Duration resting) {
    this.scheduler = scheduler;
    this.asking = asking;
    this.answering = answering;
    this.resting = resting;
  }

  @Override
  public void onOpened(Connection connection) {
    EndPoint endPoint = connection.getEndPoint();
    if (!(endPoint instanceof EndPoint.Wrapper)) {
      arm(endPoint, asking);
    }
  }

  @Override
  public void onClosed(Connection connection) {
    Scheduler.Task timer = timers.remove(network(connection.getEndPoint()));
    if (timer != null) {
      timer.cancel();
    }
  }

  /** The request's head is here. */
  void began(Request request) {
    EndPoint endPoint = network(request.getConnectionMetaData().getConnection().getEndPoint());
    rearm(endPoint, answering);
    Request.addCompletionListener(request, failure -> rearm(endPoint, resting));
  }

  int watched() {
    return timers.size();
  }

  private void arm(EndPoint endPoint, Duration after) {
    timers.put(endPoint, timer(endPoint, after));
  }

  /** Not if the connection has closed meanwhile: its timer would stay for good. */
  private void rearm(EndPoint endPoint, Duration after) {
    timers.computeIfPresent(
        endPoint,
        (e, old) -> {
          old.cancel();
          return timer(e, after);
        });
  }

  private Scheduler.Task timer(EndPoint endPoint, Duration after) {
    return scheduler.schedule(() -> endPoint.close(), after.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static EndPoint network(EndPoint endPoint) {
    EndPoint inner = endPoint;
    while (inner instanceof EndPoint.Wrapper wrapper) {
      inner = wrapper.unwrap();
    }
    return inner;
  }
}
