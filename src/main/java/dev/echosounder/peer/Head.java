package dev.echosounder.peer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The head of an HTTP/1.1 request, exactly as received.
 *
 * @param target path and query, still percent-encoded
 * @param lines request line and header lines, untouched
 */
record Head(String method, String target, String version, List<String> lines) {
  /** The text of a whole head, with its last empty line; empty if that is no HTTP/1 request. */
  static Optional<Head> parse(String text) {
    List<String> lines = List.of(text.substring(0, text.length() - 4).split("\r\n", -1));
    String[] first = lines.get(0).split(" ", -1);
    boolean headers = lines.stream().skip(1).allMatch(line -> line.indexOf(':') > 0);
    if (first.length != 3 || !first[2].matches("HTTP/1\\.[01]") || !headers) {
      return Optional.empty();
    }
    return Optional.of(new Head(first[0], first[1], first[2], lines));
  }

  List<String> all(String header) {
    List<String> values = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      int colon = line.indexOf(':');
      if (line.substring(0, colon).equalsIgnoreCase(header)) {
        values.add(line.substring(colon + 1).strip());
      }
    }
    return values;
  }

  String first(String header) {
    List<String> values = all(header);
    return values.isEmpty() ? "" : values.get(0);
  }

  /** The elements of a comma-separated header, over all its lines. */
  List<String> list(String header) {
    return all(header).stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .map(String::strip)
        .filter(element -> !element.isEmpty())
        .toList();
  }

  boolean mentions(String header, String token) {
    return list(header).stream().anyMatch(element -> element.equalsIgnoreCase(token));
  }

  boolean upgrade() {
    return mentions("Upgrade", "websocket");
  }

  /** Whether another request may follow on the same connection (RFC 9112 §9.3). */
  boolean keepsAlive() {
    boolean body = !all("Transfer-Encoding").isEmpty() || !first("Content-Length").matches("0*");
    return version.equals("HTTP/1.1") && !mentions("Connection", "close") && !body;
  }

  String path() {
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    // Absolute form, as a proxy gets it (RFC 9112 §3.2.2).
    String lower = path.toLowerCase(Locale.ROOT);
    if (lower.startsWith("http://") || lower.startsWith("ws://")) {
      int slash = path.indexOf('/', path.indexOf("://") + 3);
      return slash < 0 ? "/" : path.substring(slash);
    }
    return path;
  }

  String query() {
    int query = target.indexOf('?');
    return query < 0 ? "" : target.substring(query + 1);
  }

  /** Percent-decodes as UTF-8; a plus stays a plus. Empty if an escape is broken. */
  static Optional<String> decode(String encoded) {
    byte[] in = encoded.getBytes(StandardCharsets.UTF_8);
    byte[] out = new byte[in.length];
    int length = 0;
    for (int i = 0; i < in.length; i++) {
      if (in[i] != '%') {
        out[length++] = in[i];
        continue;
      }
      int high = i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
      int low = i + 2 < in.length ? Character.digit(in[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        return Optional.empty();
      }
      out[length++] = (byte) ((high << 4) | low);
      i += 2;
    }
    return Optional.of(new String(out, 0, length, StandardCharsets.UTF_8));
  }
}
