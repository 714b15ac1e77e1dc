package dev.echosounder.scenario;

import dev.echosounder.check.Expectation;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which of the messages that came is closest to the one that was wanted, and how it differs. */
final class NearestMiss {
  /** Edit distance costs length squared: longer texts are compared by their first difference. */
  private static final int MAX_LENGTH = 1_000;

  private NearestMiss() {}

  /** A sentence, or empty if nothing came that could be compared. */
  static Optional<String> among(List<Payload> seen, Wanted wanted) {
    if (seen.isEmpty()) {
      return Optional.empty();
    }
    for (int i = 0; i < seen.size(); i++) {
      if (wanted.matches().test(seen.get(i))) {
        return Optional.of(
            "it came as message %d of %d; \"eventually\" skips what comes before"
                .formatted(i + 1, seen.size()));
      }
    }
    Payload exact = wanted.exact();
    Expectation expectation = wanted.expectation();
    if (exact == null && expectation != null) {
      return seen.stream()
          .map(Payload::plain)
          .min(Comparator.comparingInt(expectation::distance))
          .flatMap(expectation::difference);
    }
    if (exact == null) {
      return Optional.of("of the right kind and size came none; the last was " + last(seen));
    }
    return Optional.of(
        seen.stream()
            .filter(p -> p.bytes().equals(exact.bytes()))
            .findFirst()
            .map(
                p ->
                    "the same content came as "
                        + p.opcode().label()
                        + ", not "
                        + exact.opcode().label())
            .orElseGet(() -> closest(seen, exact)));
  }

  private static Payload last(List<Payload> seen) {
    return seen.get(seen.size() - 1);
  }

  private static String closest(List<Payload> seen, Payload wanted) {
    Payload nearest =
        seen.stream().min(Comparator.comparingInt(p -> distance(p, wanted))).orElseThrow();
    if (nearest.isText() && wanted.isText()) {
      return textDifference(nearest.asText(), wanted.asText());
    }
    int at = 0;
    int common = Math.min(nearest.bytes().size(), wanted.bytes().size());
    while (at < common && nearest.bytes().at(at) == wanted.bytes().at(at)) {
      at++;
    }
    return "%s differs from byte %d on (%d bytes, not %d)"
        .formatted(nearest, at + 1, nearest.bytes().size(), wanted.bytes().size());
  }

  private static String textDifference(String seen, String wanted) {
    int at = 0;
    int common = Math.min(seen.length(), wanted.length());
    while (at < common && seen.charAt(at) == wanted.charAt(at)) {
      at++;
    }
    return "\"%s\" differs from character %d on: expected %s, seen %s"
        .formatted(excerpt(seen), at + 1, character(wanted, at), character(seen, at));
  }

  private static String excerpt(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }

  private static String character(String text, int at) {
    return at < text.length() ? "\"" + text.charAt(at) + "\"" : "the end";
  }

  /** Levenshtein's, plus one if the data type differs. */
  private static int distance(Payload a, Payload b) {
    int type = a.opcode() == b.opcode() ? 0 : 1;
    String s = a.asText();
    String t = b.asText();
    if (s.length() > MAX_LENGTH || t.length() > MAX_LENGTH) {
      return type + Math.max(s.length(), t.length());
    }
    int[] row = new int[t.length() + 1];
    for (int j = 0; j <= t.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= s.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= t.length(); j++) {
        int substituted = diagonal + (s.charAt(i - 1) == t.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return type + row[t.length()];
  }
}
