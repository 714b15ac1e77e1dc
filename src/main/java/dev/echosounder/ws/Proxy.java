package dev.echosounder.ws;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A proxy that opens a tunnel to the server: for {@code ws} and {@code wss} alike, so that neither
 * headers nor frames are its business. The server's name is looked up by the proxy.
 *
 * @param host a name or an address, IPv6 without brackets
 * @param user null if the proxy asks for none
 * @param password never printed; null if there is no user
 */
public record Proxy(
    Kind kind, String host, int port, @Nullable String user, @Nullable String password) {
  /** RFC 1929 §2: the length of either is one byte. */
  private static final int LONGEST = 255;

  /** How it is asked for the tunnel. */
  public enum Kind {
    /** {@code CONNECT} (RFC 9110 §9.3.6), with basic credentials (RFC 7617). */
    HTTP,
    /** The same over TLS with the proxy, so that nobody on the way there reads the credentials. */
    HTTPS,
    /** SOCKS 5 (RFC 1928), with user and password (RFC 1929). */
    SOCKS5;

    /** The URL's scheme. */
    public String scheme() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The proxy at {@code url}, asked without credentials.
   *
   * @throws IllegalArgumentException if it is not {@code http://HOST:PORT}, {@code
   *     https://HOST:PORT} or {@code socks5://HOST:PORT}
   */
  public static Proxy of(String url) {
    URI uri;
    try {
      uri = new URI(url.strip());
    } catch (URISyntaxException e) {
      // The text may hold a password: it is not repeated.
      throw new IllegalArgumentException("expected a proxy's URL: " + e.getReason(), e);
    }
    if (uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "a proxy's URL must not hold user and password: give them apart");
    }
    boolean bare = uri.getPath() != null && (uri.getPath().isEmpty() || uri.getPath().equals("/"));
    if (uri.getHost() == null || uri.getPort() < 1 || uri.getPort() > 65535 || !bare) {
      throw new IllegalArgumentException(
          "expected a proxy such as http://127.0.0.1:3128 or socks5://127.0.0.1:1080, got \""
              + url
              + "\"");
    }
    return new Proxy(kind(uri), bareHost(uri.getHost()), uri.getPort(), null, null);
  }

  private static Kind kind(URI uri) {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    for (Kind kind : Kind.values()) {
      if (kind.scheme().equals(scheme)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "expected a proxy that begins with http://, https:// or socks5://, got \"" + uri + "\"");
  }

  /**
   * The same, asked with these credentials.
   *
   * @throws IllegalArgumentException if the protocol can't carry them
   */
  public Proxy withCredentials(String name, String secret) {
    if (kind != Kind.SOCKS5 && name.indexOf(':') >= 0) {
      throw new IllegalArgumentException("a proxy's user has no colon (RFC 7617 §2)");
    }
    if (kind == Kind.SOCKS5 && !(fits(name) && fits(secret))) {
      throw new IllegalArgumentException(
          "user and password of a SOCKS proxy have 1 to 255 bytes each (RFC 1929 §2)");
    }
    return new Proxy(kind, host, port, name, secret);
  }

  private static boolean fits(String text) {
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    return length >= 1 && length <= LONGEST;
  }

  /** A host as it is looked up: without the brackets that a URL puts round an IPv6 address. */
  static String bareHost(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  /** {@code HOST:PORT}, IPv6 in brackets (RFC 9112 §3.2.3). */
  static String authority(String host, int port) {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }

  /** {@code http://127.0.0.1:3128}: without the credentials. */
  @Override
  public String toString() {
    return kind.scheme() + "://" + authority(host, port);
  }
}
