package dev.echosounder.ws;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** One HTTP header line. Its text form hides the value of those that carry credentials. */
public record Header(String name, String value) {
  private static final Set<String> SECRET =
      Set.of("authorization", "proxy-authorization", "cookie", "set-cookie");

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
