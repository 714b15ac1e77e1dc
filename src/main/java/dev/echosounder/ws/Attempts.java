package dev.echosounder.ws;

import dev.echosounder.ws.ConnectFailure.Cause;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one connection, one after the other: mostly one; a redirect that is followed and
 * credentials that are out of date lead to another. Thread-safe.
 */
final class Attempts {
  private final Client client;
  private final Connection connection;
  private final AtomicReference<@Nullable Attempt> current = new AtomicReference<>();
  private final AtomicBoolean retried = new AtomicBoolean();

  /** Why the attempt is to be given up; the next one, after a redirect say, must hear of it too. */
  private volatile @Nullable ConnectFailure givenUp;

  Attempts(Client client, Connection connection) {
    this.client = client;
    this.connection = connection;
  }

  void start(Attempt first) {
    current.set(first);
    first.begin();
  }

  /**
   * What comes after {@code failure}: an attempt with new credentials, one at the URL of a redirect
   * that is followed, or the end.
   *
   * @param outdated whether new credentials may do better
   * @param before the URLs that redirected to {@code target}, oldest first
   */
  void failed(ConnectFailure failure, boolean outdated, Target target, List<URI> before) {
    if (outdated && retried.compareAndSet(false, true)) {
      connection.record(new Event.Unauthorized(connection.now(), failure));
      next(target, before);
      return;
    }
    Redirect.Next next = Redirect.after(failure, target, before);
    if (next instanceof Redirect.Next.Hop hop) {
      URI from = hop.before().get(hop.before().size() - 1);
      long now = connection.now();
      connection.record(new Event.Redirected(now, hop.status(), from, hop.target().uri()));
      next(hop.target(), hop.before());
    } else if (next instanceof Redirect.Next.End end) {
      connection.record(new Event.Refused(connection.now(), end.failure()));
      client.forget(connection);
      connection.onOutcome(end.failure());
    }
  }

  private void next(Target to, List<URI> before) {
    connection.onNewSocket();
    Attempt next = client.attempt(connection, to, before);
    current.set(next);
    ConnectFailure why = givenUp;
    if (why != null) {
      // Somebody gave up between the two attempts, and found the old one over.
      next.fail(why);
    } else {
      client.execute(next::begin);
    }
  }

  /** Fails by the stage in which it stands if {@code late}, else as our own doing. */
  void giveUp(boolean late, String detail) {
    ConnectFailure why = ConnectFailure.of(Cause.LOCAL_ERROR, detail);
    givenUp = why;
    Attempt trying = current.get();
    if (trying != null && late) {
      trying.outOfTime(": " + detail);
    } else if (trying != null) {
      trying.fail(why);
    }
  }

  /** It is open, or has failed for good. */
  void done() {
    current.set(null);
  }
}
