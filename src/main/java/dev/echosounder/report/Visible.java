package dev.echosounder.report;

import java.util.stream.Collectors;

/**
 * Text from the network made fit for a terminal: what cannot be seen, or would steer the terminal,
 * is escaped as in Java source.
 */
public final class Visible {
  private Visible() {}

  /** On one line, without quotes. */
  public static String text(String text) {
    return escape(text, false);
  }

  /** Line breaks kept. */
  static String lines(String text) {
    return text.lines().map(Visible::text).collect(Collectors.joining("\n"));
  }

  /** On one line, in double quotes, quotes and backslashes escaped. */
  static String quoted(String text) {
    return '"' + escape(text, true) + '"';
  }

  private static String escape(String text, boolean quoting) {
    StringBuilder seen = new StringBuilder(text.length());
    text.codePoints().forEach(c -> append(seen, c, quoting));
    return seen.toString();
  }

  private static void append(StringBuilder seen, int c, boolean quoting) {
    if (quoting && (c == '"' || c == '\\')) {
      seen.append('\\').append((char) c);
    } else if (c == '\n') {
      seen.append("\\n");
    } else if (c == '\r') {
      seen.append("\\r");
    } else if (c == '\t') {
      seen.append("\\t");
    } else if (invisible(c)) {
      for (char half : Character.toChars(c)) {
        seen.append(String.format("\\u%04x", (int) half));
      }
    } else {
      seen.appendCodePoint(c);
    }
  }

  private static boolean invisible(int c) {
    return switch (Character.getType(c)) {
      // FORMAT holds the marks that reverse the direction of what follows.
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
