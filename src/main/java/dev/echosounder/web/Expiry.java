package dev.echosounder.web;

import java.time.Duration;
import java.time.Instant;

/** How soon a certificate expires, in words that need no colour. */
final class Expiry {
  private static final Duration SOON = Duration.ofDays(21);
  private static final Duration VERY_SOON = Duration.ofDays(7);

  private Expiry() {}

  /** {@code in 12 d, soon}, {@code expired 3 h ago}. */
  static String in(Instant notAfter, Ages ages) {
    Duration left = Duration.between(ages.now(), notAfter);
    if (left.isNegative()) {
      return "expired " + ages.ago(notAfter);
    }
    return "in " + Ages.span(left) + (left.compareTo(SOON) < 0 ? ", soon" : "");
  }

  /** A class of the style sheet; empty if there is time. */
  static String mark(Instant notAfter, Ages ages) {
    Duration left = Duration.between(ages.now(), notAfter);
    return left.compareTo(VERY_SOON) < 0 ? "failed" : left.compareTo(SOON) < 0 ? "skipped" : "";
  }
}
