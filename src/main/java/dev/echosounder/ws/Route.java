package dev.echosounder.ws;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The way to the server. Immutable; each {@code with} method gives a changed copy.
 *
 * @param proxy opens a tunnel to the server; null dials the server itself
 * @param bypass the servers that the proxy is not asked for
 * @param unixSocket dialled instead of the URL's host and port; null dials those
 * @param resolve addresses that replace a look-up, by {@code host:port} in lower case; of the host
 *     that is dialled, so with a proxy the proxy's
 * @param family which addresses of that host are dialled
 * @param redirects how many are followed (RFC 9110 §15.4); 0 makes the first one fail
 */
public record Route(
    @Nullable Proxy proxy,
    Bypass bypass,
    @Nullable Path unixSocket,
    Map<String, List<InetAddress>> resolve,
    Family family,
    int redirects) {

  /** Straight to the host that the URL names, at any address of its, no redirects. */
  public static final Route DIRECT = new Route(null, Bypass.NONE, null, Map.of(), Family.ANY, 0);

  /** Strict: the JDK would look up what is none. */
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");

  /** The most redirects that can be asked for: a chain that is longer is a loop. */
  public static final int MOST_REDIRECTS = 20;

  /** Which addresses are dialled. */
  public enum Family {
    /** Both, in turns, beginning with the one that the system puts first (RFC 8305 §4). */
    ANY("any"),
    /** Only IPv4 addresses. */
    IPV4("IPv4"),
    /** Only IPv6 addresses. */
    IPV6("IPv6");

    private final String text;

    Family(String text) {
      this.text = text;
    }

    boolean has(InetAddress address) {
      return this == ANY || (address instanceof Inet4Address) == (this == IPV4);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * A route.
   *
   * @throws IllegalArgumentException if there is a proxy and a unix socket, or the number of
   *     redirects is out of range
   */
  public Route {
    if (proxy != null && unixSocket != null) {
      throw new IllegalArgumentException("expected a proxy or a unix socket, got both");
    }
    if (redirects < 0 || redirects > MOST_REDIRECTS) {
      throw new IllegalArgumentException(
          "expected 0 to " + MOST_REDIRECTS + " redirects, got " + redirects);
    }
    resolve = Map.copyOf(resolve);
  }

  /** The same through this proxy. */
  public Route withProxy(Proxy other) {
    return new Route(other, bypass, unixSocket, resolve, family, redirects);
  }

  /** The same, asking the proxy for all servers but these. */
  public Route withBypass(Bypass other) {
    return new Route(proxy, other, unixSocket, resolve, family, redirects);
  }

  /** The same without a proxy: the server itself is dialled. */
  public Route withoutProxy() {
    return new Route(null, Bypass.NONE, unixSocket, resolve, family, redirects);
  }

  /** The same to this unix socket, whatever host the URL names. */
  public Route withUnixSocket(Path socket) {
    return new Route(proxy, bypass, socket, resolve, family, redirects);
  }

  /**
   * The same, and this host and port are at these addresses: no look-up.
   *
   * @param hostAndPort {@code example.org:443}; an IPv6 address in brackets
   * @param addresses separated by commas, tried in this order
   * @throws IllegalArgumentException if either is something else
   */
  public Route withResolve(String hostAndPort, String addresses) {
    String key = hostAndPort.strip().toLowerCase(Locale.ROOT);
    if (!key.matches("([^\\[\\]:/\\s]+|\\[[0-9a-f:.]+\\]):[0-9]{1,5}")) {
      throw new IllegalArgumentException(
          "expected HOST:PORT such as example.org:443, got \"" + hostAndPort + "\"");
    }
    String host = Proxy.bareHost(key.substring(0, key.lastIndexOf(':')));
    List<InetAddress> fixed = new ArrayList<>();
    for (String address : addresses.split(",", -1)) {
      fixed.add(literal(host, address.strip()));
    }
    Map<String, List<InetAddress>> more = new LinkedHashMap<>(resolve);
    more.put(key, List.copyOf(fixed));
    return new Route(proxy, bypass, unixSocket, more, family, redirects);
  }

  /** The host's name stays with the address: TLS verifies it. */
  private static InetAddress literal(String host, String text) {
    String address = Proxy.bareHost(text);
    try {
      if (address.indexOf(':') >= 0 || IPV4.matcher(address).matches()) {
        return InetAddress.getByAddress(host, InetAddress.getByName(address).getAddress());
      }
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("expected an IP address, got \"" + text + "\"", e);
    }
    throw new IllegalArgumentException("expected an IP address, got \"" + text + "\"");
  }

  /** The same, dialling only addresses of this family. */
  public Route withFamily(Family other) {
    return new Route(proxy, bypass, unixSocket, resolve, other, redirects);
  }

  /** The same, following at most so many redirects. */
  public Route withRedirects(int most) {
    return new Route(proxy, bypass, unixSocket, resolve, family, most);
  }

  /** What of it holds for any other server too: the unix socket is one server's. */
  Route elsewhere() {
    return new Route(proxy, bypass, null, resolve, family, redirects);
  }

  Optional<List<InetAddress>> fixed(String host, int port) {
    String key = Proxy.authority(Proxy.bareHost(host), port).toLowerCase(Locale.ROOT);
    return Optional.ofNullable(resolve.get(key));
  }
}
