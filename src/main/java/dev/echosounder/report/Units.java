package dev.echosounder.report;

import java.time.Duration;
import java.util.Locale;

/** Durations for a person: three digits and the unit that fits them. */
public final class Units {
  private Units() {}

  /** {@code 870 µs}, {@code 12.3 ms}, {@code 1.50 s}; {@code us} if {@code unicode} is false. */
  public static String text(Duration duration, boolean unicode) {
    double micros = duration.toNanos() / 1e3;
    if (micros < 999.5) {
      return digits(micros) + (unicode ? " µs" : " us");
    }
    return micros < 999_500 ? digits(micros / 1e3) + " ms" : digits(micros / 1e6) + " s";
  }

  private static String digits(double value) {
    int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
