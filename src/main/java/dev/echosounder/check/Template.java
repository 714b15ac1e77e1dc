package dev.echosounder.check;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text in which {@code {{name}}} stands for what was captured under that name. Other braces stand
 * for themselves.
 */
public record Template(String text) {
  /** What a capture may be called. */
  public static final String NAME = "[A-Za-z][A-Za-z0-9]*";

  private static final Pattern PLACE = Pattern.compile("\\{\\{(" + NAME + ")}}");

  /** The names that have to be known. */
  public Set<String> names() {
    Set<String> names = new TreeSet<>();
    PLACE.matcher(text).results().map(place -> place.group(1)).forEach(names::add);
    return names;
  }

  String fill(Map<String, String> values) {
    return fill(values, UnaryOperator.identity());
  }

  /**
   * @throws IllegalArgumentException if a name is not known
   */
  String fill(Map<String, String> values, UnaryOperator<String> escape) {
    return PLACE
        .matcher(text)
        .replaceAll(place -> Matcher.quoteReplacement(escape.apply(value(values, place))));
  }

  private static String value(Map<String, String> values, MatchResult place) {
    String value = values.get(place.group(1));
    if (value == null) {
      throw new IllegalArgumentException("nothing was captured as " + place.group(1));
    }
    return value;
  }
}
