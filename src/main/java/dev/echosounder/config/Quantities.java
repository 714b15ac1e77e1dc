package dev.echosounder.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations and sizes: a number always has its unit. */
final class Quantities {
  private static final String DURATION =
      "(?=.)(?:(\\d{1,6})d)?(?:(\\d{1,8})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?";
  private static final String SIZE = "(\\d{1,9})(B|KiB|MiB|GiB)";
  private static final Pattern DURATION_FORM = Pattern.compile(DURATION);
  private static final Pattern SIZE_FORM = Pattern.compile(SIZE);
  private static final long KIBI = 1024;

  private Quantities() {}

  static Form<Duration> duration(Duration least, Duration most) {
    return Forms.text(
        "a duration such as 15s, 500ms or 1m30s",
        DURATION,
        (value, text) -> {
          Duration duration = parseDuration(text);
          if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            value.expected("a duration from %s to %s".formatted(text(least), text(most)));
            return null;
          }
          return duration;
        });
  }

  static Form<Long> size(long least, long most) {
    return Forms.text(
        "a size such as 64KiB or 1MiB",
        SIZE,
        (value, text) -> {
          long bytes = parseSize(text);
          if (bytes < least || bytes > most) {
            value.expected("a size from %s to %s".formatted(sizeText(least), sizeText(most)));
            return null;
          }
          return bytes;
        });
  }

  private static Duration parseDuration(String text) {
    Matcher form = DURATION_FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalStateException("not a duration");
    }
    return Duration.ofDays(number(form.group(1)))
        .plusHours(number(form.group(2)))
        .plusMinutes(number(form.group(3)))
        .plusSeconds(number(form.group(4)))
        .plusMillis(number(form.group(5)));
  }

  private static long number(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  private static long parseSize(String text) {
    Matcher form = SIZE_FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalStateException("not a size");
    }
    long unit =
        switch (form.group(2)) {
          case "GiB" -> KIBI * KIBI * KIBI;
          case "MiB" -> KIBI * KIBI;
          case "KiB" -> KIBI;
          default -> 1;
        };
    return Long.parseLong(form.group(1)) * unit;
  }

  /** As the configuration spells it. */
  static String text(Duration duration) {
    StringBuilder text = new StringBuilder();
    append(text, duration.toDaysPart(), "d");
    append(text, duration.toHoursPart(), "h");
    append(text, duration.toMinutesPart(), "m");
    append(text, duration.toSecondsPart(), "s");
    append(text, duration.toMillisPart(), "ms");
    return text.isEmpty() ? "0s" : text.toString();
  }

  private static void append(StringBuilder text, long number, String unit) {
    if (number > 0) {
      text.append(number).append(unit);
    }
  }

  private static String sizeText(long bytes) {
    String[] units = {"B", "KiB", "MiB", "GiB"};
    int unit = 0;
    long number = bytes;
    while (unit < units.length - 1 && number > 0 && number % KIBI == 0) {
      number /= KIBI;
      unit++;
    }
    return number + units[unit];
  }
}
