package dev.echosounder.web;

import dev.echosounder.report.Units;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Times for a person: how long ago, and when, in UTC. */
record Ages(Instant now) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** {@code 12 s}, {@code 4 min}, {@code 3 h 20 min}, {@code 5 d}. */
  static String span(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 1 && !duration.isNegative() && duration.toMillis() > 0) {
      return duration.toMillis() + " ms";
    }
    if (seconds < 120) {
      return seconds + " s";
    }
    if (seconds < 7_200) {
      return seconds / 60 + " min";
    }
    if (seconds < 172_800) {
      long minutes = seconds / 60 % 60;
      return seconds / 3_600 + " h" + (minutes == 0 ? "" : " " + minutes + " min");
    }
    return seconds / 86_400 + " d";
  }

  /** The same, with three digits below two minutes. */
  static String precise(Duration duration) {
    return duration.toSeconds() < 120 ? Units.text(duration, true) : span(duration);
  }

  /** {@code 12 s ago}. */
  String ago(Instant then) {
    Duration age = Duration.between(then, now).truncatedTo(ChronoUnit.SECONDS);
    return age.toSeconds() < 1 ? "just now" : span(age) + " ago";
  }

  /** The time, with the day if it is not today. */
  String at(Instant then) {
    boolean today = then.truncatedTo(ChronoUnit.DAYS).equals(now.truncatedTo(ChronoUnit.DAYS));
    return (today ? TIME : DAY).format(then);
  }

  /** An element with the age, and the time as its title. */
  void ago(Html html, Instant then) {
    html.raw("<time datetime=\"").raw(then.truncatedTo(ChronoUnit.MILLIS).toString());
    html.raw("\" title=\"").raw(DAY.format(then)).raw(" UTC\">").raw(ago(then)).raw("</time>");
  }
}
