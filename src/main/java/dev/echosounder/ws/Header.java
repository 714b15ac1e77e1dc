package dev.echosounder.ws;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One HTTP header line. Its text form hides the value of those that carry credentials. */
public record Header(String name, String value) {
  private static final Set<String> SECRET =
      Set.of("authorization", "proxy-authorization", "cookie", "set-cookie");

  /** Those that are the same in most handshakes. A closed set, and no secret in it. */
  private static final Set<String> ALIKE =
      Set.of(
          "connection",
          "host",
          "sec-websocket-extensions",
          "sec-websocket-protocol",
          "sec-websocket-version",
          "server",
          "upgrade",
          "user-agent");

  /** By name in lower case, the last one of them that was seen. */
  private static final Map<String, Header> LAST = new ConcurrentHashMap<>();

  /** RFC 9110 §5.6.2: what a field name is made of. */
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /**
   * One line.
   *
   * @throws IllegalArgumentException if it could not stand in an HTTP message (RFC 9110 §5): a line
   *     break in a value would forge further headers
   */
  public Header {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a header name (RFC 9110 §5.6.2): \"" + name + "\"");
    }
    if (value.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
      throw new IllegalArgumentException(
          "the value of header " + name + " has a line break or a NUL (RFC 9110 §5.5)");
    }
  }

  /**
   * One line of a message that was parsed or sent. Those that are the same in most handshakes are
   * one object for all: a daemon keeps the lines of thousands of connections.
   */
  static Header seen(String name, @Nullable String value) {
    String key = name.toLowerCase(Locale.ROOT);
    Header last = LAST.get(key);
    if (last != null && last.name.equals(name) && last.value.equals(value)) {
      return last;
    }
    Header header = new Header(name, value == null ? "" : value);
    if (ALIKE.contains(key)) {
      LAST.put(key, header);
    }
    return header;
  }

  /** Whether the value is a credential, never to be printed. */
  public boolean secret() {
    return SECRET.contains(name.toLowerCase(Locale.ROOT));
  }

  /** The first value of the header called {@code name}, whose case does not matter. */
  public static Optional<String> first(List<Header> headers, String name) {
    return headers.stream()
        .filter(h -> h.name.equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst();
  }

  @Override
  public String toString() {
    return name + ": " + (secret() ? "<redacted>" : value);
  }
}
