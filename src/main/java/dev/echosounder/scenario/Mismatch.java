package dev.echosounder.scenario;

import dev.echosounder.report.Redaction;
import dev.echosounder.report.Transcript;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The text of every failed expectation: expected, seen, the nearest miss, the timeline. */
final class Mismatch {
  private static final DecimalFormatSymbols SYMBOLS = DecimalFormatSymbols.getInstance(Locale.ROOT);

  private Mismatch() {}

  static AssertionError of(Conversation in, String expected, String seen) {
    return of(in, expected, seen, null);
  }

  static AssertionError of(
      Conversation in, String expected, String seen, @Nullable String nearestMiss) {
    StringBuilder text = new StringBuilder("expected ").append(expected);
    text.append("\n  expected:     ").append(expected);
    text.append("\n  seen:         ").append(seen);
    if (nearestMiss != null) {
      text.append("\n  nearest miss: ").append(nearestMiss);
    }
    text.append('\n').append(timeline(in).stripTrailing());
    return new AssertionError(text.toString());
  }

  /** What became of the connection, for messages about what did not come. */
  static String state(Conversation in) {
    return in.failure()
        .map(f -> "no connection: " + f)
        .or(() -> in.ending().map(e -> "the connection ended: " + e))
        .orElse("the connection is still open");
  }

  static String timeline(Conversation in) {
    String url = Redaction.text(in.connection().target().uri().toString());
    String title = "  timeline of " + in.who() + " to " + url + ":\n";
    return title + Transcript.text(in.connection().timeline()).indent(4);
  }

  /** {@code 0.25 ms}, {@code 200 ms}, {@code 1.5 s}: as a person writes it in a feature. */
  static String say(Duration duration) {
    double millis = duration.toNanos() / 1e6;
    if (millis >= 1000) {
      return new DecimalFormat("0.###", SYMBOLS).format(millis / 1000) + " s";
    }
    return new DecimalFormat(millis < 10 ? "0.##" : "0", SYMBOLS).format(millis) + " ms";
  }
}
