package dev.echosounder.config;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Knows every secret value of a configuration and takes them out of any text: as they are, and as
 * URLs, JSON and basic credentials spell them. Complete once the configuration is loaded; from then
 * on immutable and thread-safe. Two are equal if they hide the same.
 */
public final class Redactor {
  /** Shorter ones would tear innocent words apart: they are hidden as whole words only. */
  private static final int SHORT = 4;

  /** Longest first: a secret that contains another goes as a whole. */
  private final Set<String> secrets =
      new TreeSet<>(Comparator.comparingInt(String::length).reversed().thenComparing(s -> s));

  /** Compiled when first needed after a change; null then. Races only repeat the work. */
  private volatile @Nullable Pattern pattern;

  Redactor() {}

  /** Hides nothing. */
  public static Redactor none() {
    return new Redactor();
  }

  void add(String secret) {
    if (secret.isBlank()) {
      return;
    }
    secrets.add(secret);
    String query = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    secrets.add(query);
    secrets.add(query.replace("+", "%20"));
    secrets.add(secret.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
    pattern = null;
  }

  /** The text with {@code <redacted>} where a secret stood. */
  public String redact(String text) {
    if (secrets.isEmpty()) {
      return text;
    }
    Pattern compiled = pattern;
    if (compiled == null) {
      compiled = compile();
      pattern = compiled;
    }
    return compiled.matcher(text).replaceAll(Credentials.HIDDEN);
  }

  private Pattern compile() {
    return Pattern.compile(
        secrets.stream()
            .map(
                s ->
                    s.length() < SHORT
                        ? "(?<![\\p{L}\\p{N}])" + Pattern.quote(s) + "(?![\\p{L}\\p{N}])"
                        : Pattern.quote(s))
            .collect(Collectors.joining("|")));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Redactor that && secrets.equals(that.secrets);
  }

  @Override
  public int hashCode() {
    return secrets.hashCode();
  }

  /** How many secrets, never which. */
  @Override
  public String toString() {
    return "Redactor[" + secrets.size() + " spellings]";
  }
}
