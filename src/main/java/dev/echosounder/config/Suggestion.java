package dev.echosounder.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** The known word that a misspelt one probably means. */
final class Suggestion {
  private static final int LONGEST = 60;

  private Suggestion() {}

  /** {@code ; did you mean "interval"?}, or nothing if none is near. */
  static String of(String word, Collection<String> known) {
    if (word.length() > LONGEST) {
      return "";
    }
    String plain = word.toLowerCase(Locale.ROOT).replace('-', '_');
    int most = Math.max(1, Math.min(2, word.length() / 3));
    return known.stream()
        .filter(k -> distance(plain, k.toLowerCase(Locale.ROOT)) <= most)
        .min(
            Comparator.<String>comparingInt(k -> distance(plain, k.toLowerCase(Locale.ROOT)))
                .thenComparing(k -> k))
        .map(k -> "; did you mean \"" + k + "\"?")
        .orElse("");
  }

  /** Insertions, deletions, replacements and swaps of neighbours. */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int replace = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        d[i][j] = Math.min(replace, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
