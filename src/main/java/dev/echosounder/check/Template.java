package dev.echosounder.check;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text in which {@code {{name}}} stands for what was captured under that name. Other braces stand
 * for themselves, and so do those after a backslash: {@code \{{name}}} is the text {@code
 * {{name}}}.
 */
public record Template(String text) {
  /** What a capture may be called. */
  public static final String NAME = "[A-Za-z][A-Za-z0-9]*";

  private static final Pattern PLACE = Pattern.compile("(\\\\?)\\{\\{(" + NAME + ")}}");

  /** Puts what is known into the places of a text. */
  @FunctionalInterface
  public interface Filling {
    /** As {@link Template#fill}; a value goes in as {@code escape} writes it. */
    String fill(String text, UnaryOperator<String> escape);

    /** As it stands. */
    default String fill(String text) {
      return fill(text, UnaryOperator.identity());
    }

    /** What was captured, by name. */
    static Filling of(Map<String, String> values) {
      return (text, escape) -> new Template(text).fill(values, escape);
    }
  }

  /** The names that have to be known. */
  public Set<String> names() {
    Set<String> names = new TreeSet<>();
    PLACE
        .matcher(text)
        .results()
        .filter(place -> place.group(1).isEmpty())
        .forEach(place -> names.add(place.group(2)));
    return names;
  }

  /** Whether filling changes nothing. */
  public boolean isPlain() {
    return !PLACE.matcher(text).find();
  }

  /** The text with one value in all places. */
  public String fillAll(String value) {
    Map<String, String> values = new HashMap<>();
    names().forEach(name -> values.put(name, value));
    return fill(values);
  }

  String fill(Map<String, String> values) {
    return fill(values, UnaryOperator.identity());
  }

  /**
   * The text with the values in their places.
   *
   * @param escape how a value is written there
   * @throws IllegalArgumentException if a name is not known
   */
  public String fill(Map<String, String> values, UnaryOperator<String> escape) {
    return PLACE
        .matcher(text)
        .replaceAll(
            place ->
                Matcher.quoteReplacement(
                    place.group(1).isEmpty()
                        ? escape.apply(value(values, place.group(2)))
                        : place.group().substring(1)));
  }

  private static String value(Map<String, String> values, String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("nothing was captured as " + name);
    }
    return value;
  }
}
