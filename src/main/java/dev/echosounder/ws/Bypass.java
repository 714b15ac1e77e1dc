package dev.echosounder.ws;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.util.InetAddressSet;
import org.jspecify.annotations.Nullable;

/**
 * Servers that are dialled although there is a proxy, as the lists called {@code no_proxy} name
 * them. Nothing is looked up: a range of addresses is about URLs that have an address for a host.
 *
 * @param hosts {@code example.org} with all below it, {@code .example.org} what is below it, an
 *     address, a range such as {@code 10.0.0.0/8}, or {@code *} for all; lower case
 */
public record Bypass(List<String> hosts) {
  /** None: the proxy is for every server. */
  public static final Bypass NONE = new Bypass(List.of());

  private static final String NAME = "\\.?[a-z0-9_-]+(\\.[a-z0-9_-]+)*";

  /**
   * Checks them.
   *
   * @throws IllegalArgumentException if one is no such name or range; says which
   */
  public Bypass {
    hosts = hosts.stream().map(h -> h.strip().toLowerCase(Locale.ROOT)).toList();
    for (String host : hosts) {
      if (isRange(host) ? ranges(host) == null : !host.equals("*") && !host.matches(NAME)) {
        throw new IllegalArgumentException(
            "expected a host such as example.org, .example.org, 10.0.0.0/8 or *, got \"%s\""
                .formatted(host));
      }
    }
  }

  /** Whether this URL's server is dialled itself. */
  public boolean has(URI uri) {
    String host = Proxy.bareHost(uri.getHost()).toLowerCase(Locale.ROOT);
    return hosts.stream().anyMatch(pattern -> matches(pattern, host));
  }

  private static boolean matches(String pattern, String host) {
    if (pattern.equals("*")) {
      return true;
    } else if (isRange(pattern)) {
      InetAddressSet ranges = ranges(pattern);
      return ranges != null && Resolver.isLiteral(host) && contains(ranges, host);
    }
    String below = pattern.startsWith(".") ? pattern : "." + pattern;
    return host.equals(pattern) || host.endsWith(below);
  }

  private static boolean isRange(String host) {
    return host.indexOf('/') >= 0 || Resolver.isLiteral(Proxy.bareHost(host));
  }

  /** Null if it is none. */
  private static @Nullable InetAddressSet ranges(String range) {
    int slash = range.indexOf('/');
    String address = Proxy.bareHost(slash < 0 ? range : range.substring(0, slash));
    boolean full = address.indexOf(':') >= 0 || address.matches("\\d+(\\.\\d+){3}");
    InetAddressSet set = new InetAddressSet();
    try {
      return full && set.add(slash < 0 ? address : address + range.substring(slash)) ? set : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static boolean contains(InetAddressSet set, String literal) {
    try {
      return set.test(InetAddress.getByName(literal));
    } catch (UnknownHostException e) {
      // Digits and dots that are no address after all.
      return false;
    }
  }
}
