package dev.echosounder.ws;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;

/** What a target's {@link Guard} says before anything is looked up. */
final class Admission {
  private Admission() {}

  /** Why it may not be reached, as far as the URL and the route tell; empty if it may. */
  static Optional<String> refusal(Target target) {
    URI uri = target.uri();
    Guard guard = target.guard();
    if (!guard.allowsUrl(uri)) {
      return Optional.of(uri.getHost() + " may not be asked");
    }
    if (target.proxy() == null) {
      return Optional.empty();
    }
    String host = Proxy.bareHost(uri.getHost());
    if (!Resolver.isLiteral(host)) {
      return guard.allowsUnseen(uri)
          ? Optional.empty()
          : Optional.of(
              host + " would be looked up by the proxy, so that its address can't be judged");
    }
    return allowed(guard, host, port(uri))
        ? Optional.empty()
        : Optional.of(host + " may not be dialled, nor through a proxy");
  }

  private static boolean allowed(Guard guard, String literal, int port) {
    try {
      return guard.allows(new InetSocketAddress(InetAddress.getByName(literal), port));
    } catch (UnknownHostException e) {
      // No address after all: the proxy would take it for a name.
      return false;
    }
  }

  /** The port that the URL means (RFC 6455 §3). */
  static int port(URI uri) {
    return uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equalsIgnoreCase("wss") ? 443 : 80;
  }
}
