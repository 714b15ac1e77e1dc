package dev.echosounder.report;

import dev.echosounder.ws.Header;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Hides credentials before anything is printed: the values of credential headers, the user part of
 * URLs, and the values of query parameters and headers whose name has one of {@link #WORDS} as a
 * word of its own: {@code access_token}, {@code apiKey}, {@code X-Amz-Signature}. Payloads are not
 * touched: they are the user's own.
 */
public final class Redaction {
  static final String HIDDEN = "<redacted>";

  /** The words that make a name a credential's. */
  static final Set<String> WORDS =
      Set.of(
          "token",
          "key",
          "apikey",
          "secret",
          "password",
          "passwd",
          "pwd",
          "auth",
          "authorization",
          "signature",
          "sig",
          "jwt",
          "credential",
          "credentials");

  private static final Pattern QUERY_VALUE = Pattern.compile("([?&])([^=&\\s\"#]+)=([^&\\s\"#]*)");
  private static final Pattern USER_INFO = Pattern.compile("://[^/?#\\s\"]*@");
  private static final Pattern WORD_END = Pattern.compile("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])");

  private Redaction() {}

  /** Any text, with the credentials of the URLs in it hidden. */
  public static String text(String text) {
    String quiet = USER_INFO.matcher(text).replaceAll("://" + HIDDEN + "@");
    return QUERY_VALUE
        .matcher(quiet)
        .replaceAll(m -> m.group(1) + m.group(2) + "=" + (named(m.group(2)) ? HIDDEN : "$3"));
  }

  /** A header's value, hidden if it is a credential. */
  static String value(Header header) {
    return hides(header) ? HIDDEN : text(header.value());
  }

  /** Whether the header's value is a credential. */
  static boolean hides(Header header) {
    // Sec-WebSocket-Key is a nonce, not a secret (RFC 6455 §4.1), and needed to check the accept.
    boolean handshake = header.name().toLowerCase(Locale.ROOT).startsWith("sec-websocket-");
    return header.secret() || (!handshake && named(header.name()));
  }

  /** The values of a URL's query parameters that are credentials, as they stand. */
  static List<String> queryCredentials(String url) {
    return QUERY_VALUE
        .matcher(url)
        .results()
        .filter(m -> named(m.group(2)))
        .map(m -> m.group(3))
        .toList();
  }

  private static boolean named(String name) {
    return WORD_END.splitAsStream(name).anyMatch(w -> WORDS.contains(w.toLowerCase(Locale.ROOT)));
  }
}
