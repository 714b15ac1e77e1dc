package dev.echosounder.check;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a JSON path has to lead to, in words that steps and configuration share: {@code is "ack"},
 * {@code is within 1% of 3.5}. Of several values that a path leads to, each has to be right.
 * Immutable, thread-safe; equal if the words and the clock are.
 */
public final class Condition {
  /** How conditions begin, as a regular expression without groups. */
  public static final String REGEX = "exists|does not exist|(?:is|has|contains|matches) .+";

  private final String words;
  private final Clock clock;
  private final ConditionForms.Rule rule;

  private Condition(String words, Clock clock, ConditionForms.Rule rule) {
    this.words = words;
    this.clock = clock;
    this.rule = rule;
  }

  /**
   * Reads a condition.
   *
   * @param known goes into its places, as it is written in JSON or in a regular expression
   * @param clock what {@code now} is
   * @throws IllegalArgumentException if it is none; says which there are
   */
  public static Condition parse(String words, Template.Filling known, Clock clock) {
    boolean regex = words.startsWith("matches ");
    String filled = known.fill(words, regex ? Pattern::quote : Json::escaped);
    return new Condition(filled, clock, ConditionForms.rule(filled, clock));
  }

  /** What is wrong, {@code $.a: expected 3, got 4}; empty if nothing is. */
  Optional<String> difference(Json.Path path, Json message) {
    List<Json> values = message.all(path);
    if (values.isEmpty()) {
      return rule.absent() ? Optional.empty() : told(path, "nothing");
    }
    for (Json value : values) {
      String wrong = rule.test().wrong(value);
      if (wrong != null) {
        return told(path, wrong);
      }
    }
    return Optional.empty();
  }

  private Optional<String> told(Json.Path path, String got) {
    return Optional.of("%s: expected %s, got %s".formatted(path.written(), rule.expected(), got));
  }

  /** Its words. */
  @Override
  public String toString() {
    return words;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Condition that && words.equals(that.words) && clock.equals(that.clock);
  }

  @Override
  public int hashCode() {
    return words.hashCode();
  }
}
