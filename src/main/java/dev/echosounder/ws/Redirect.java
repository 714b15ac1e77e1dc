package dev.echosounder.ws;

import dev.echosounder.ws.ConnectFailure.Cause;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a redirect is followed (RFC 9110 §15.4), and what goes along. On the same origin
 * (scheme, host, port) that is everything; any other origin gets what {@link Target#elsewhere}
 * leaves.
 */
final class Redirect {
  private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);

  /** What comes after an attempt that failed. */
  sealed interface Next {
    /**
     * Another attempt, at another target.
     *
     * @param status of the answer that redirects
     * @param before the URLs that redirected there, oldest first
     */
    record Hop(Target target, int status, List<URI> before) implements Next {}

    /** Nothing: that is how it failed. */
    record End(ConnectFailure failure) implements Next {}
  }

  private Redirect() {}

  /**
   * What comes after {@code failure} at {@code from}.
   *
   * @param before the URLs that redirected on the way to {@code from}, oldest first
   */
  static Next after(ConnectFailure failure, Target from, List<URI> before) {
    ConnectFailure.Response response = failure.response();
    if (response == null
        || failure.cause() != Cause.REDIRECT
        || from.route().redirects() == 0
        || !STATUSES.contains(response.status())) {
      return new Next.End(
          before.isEmpty() ? failure : told(failure, "redirected: " + chain(before, from.uri())));
    }
    String location = response.header("Location").orElse("");
    URI to = resolve(from.uri(), location);
    String obstacle = to == null ? "which is no URL to follow" : obstacle(from, to, before);
    if (to == null || obstacle != null) {
      return new Next.End(
          told(failure, obstacle + ": " + chain(before, from.uri()) + " → " + location));
    }
    List<URI> visited = Stream.concat(before.stream(), Stream.of(from.uri())).toList();
    Target onward = from.isOrigin(to) ? from.at(to) : from.elsewhere(to);
    return new Next.Hop(onward, response.status(), visited);
  }

  private static ConnectFailure told(ConnectFailure failure, String more) {
    return new ConnectFailure(failure.cause(), failure.detail() + "; " + more, failure.response());
  }

  private static String chain(List<URI> before, URI last) {
    return Stream.concat(before.stream(), Stream.of(last))
        .map(URI::toString)
        .collect(Collectors.joining(" → "));
  }

  /** Relative to what was asked (RFC 9110 §10.2.2), as a WebSocket URL without a fragment. */
  private static @Nullable URI resolve(URI from, String location) {
    try {
      URI to = from.resolve(new URI(location));
      String scheme = String.valueOf(to.getScheme()).toLowerCase(Locale.ROOT);
      String ws = scheme.equals("http") ? "ws" : scheme.equals("https") ? "wss" : scheme;
      if (to.isOpaque() || to.getHost() == null || to.getRawUserInfo() != null) {
        return null;
      }
      String rest = to.toString().substring(scheme.length());
      int fragment = rest.indexOf('#');
      URI url = new URI(ws + (fragment < 0 ? rest : rest.substring(0, fragment)));
      return ws.equals("ws") || ws.equals("wss") ? url : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /** Why it is not followed; null if it is. */
  private static @Nullable String obstacle(Target from, URI to, List<URI> before) {
    if (from.uri().getScheme().equalsIgnoreCase("wss") && to.getScheme().equals("ws")) {
      return "not followed from wss to ws, which anyone on the way can read";
    } else if (to.equals(from.uri()) || before.contains(to)) {
      return "a loop";
    } else if (before.size() >= from.route().redirects()) {
      return "more redirects than the " + from.route().redirects() + " allowed";
    } else if (from.route().unixSocket() != null && !from.isOrigin(to)) {
      return "not followed to another server than the unix socket's";
    }
    return null;
  }
}
