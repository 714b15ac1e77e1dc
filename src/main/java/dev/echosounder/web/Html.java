package dev.echosounder.web;

import dev.echosounder.report.Visible;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** Builds HTML. Markup goes in by {@link #raw}, which takes constants; all else is escaped. */
final class Html {
  private final StringBuilder out = new StringBuilder(16 << 10);
  private final UnaryOperator<String> redact;

  /**
   * @param redact hides secrets in whatever comes from outside, before any of it is cut or escaped
   */
  Html(UnaryOperator<String> redact) {
    this.redact = redact;
  }

  /** Markup as it stands: never anything that came from outside. */
  Html raw(String markup) {
    out.append(markup);
    return this;
  }

  /** Text of an element or of a quoted attribute, on one line, with invisible characters shown. */
  Html text(String text) {
    return shown(redact.apply(text));
  }

  private Html shown(String text) {
    escape(Visible.text(text));
    return this;
  }

  /** The same, of at most {@code most} characters. */
  Html text(String text, int most) {
    String all = redact.apply(text);
    return shown(all.length() <= most ? all : all.substring(0, most - 1) + "…");
  }

  /** Text of an element that keeps its line breaks and is safe to show otherwise. */
  Html lines(String text) {
    escape(redact.apply(text));
    return this;
  }

  Html number(long number) {
    out.append(number);
    return this;
  }

  /** A value in a URL's query or path, percent-encoded. */
  Html url(String value) {
    return raw(encoded(value));
  }

  static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private void escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(c);
      }
    }
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
