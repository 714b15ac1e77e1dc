package dev.echosounder.check;

import dev.echosounder.ws.Opcode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which answer is right. */
public sealed interface Expectation
    permits Expectation.Exactly,
        Expectation.OfType,
        Expectation.Containing,
        Expectation.Matching,
        Expectation.StartingWith,
        Expectation.Holding,
        Expectation.AtPaths,
        Expectation.Impossible,
        JsonExpectation {
  /** Whether this is the right answer. */
  boolean matches(Payload answer);

  /** The right answer, for a person. */
  String describe();

  /** What is wrong with an answer, for a person; empty if it is right. */
  default Optional<String> difference(Payload answer) {
    return matches(answer)
        ? Optional.empty()
        : Optional.of("expected %s, got %s".formatted(describe(), answer));
  }

  /** How far an answer is from the right one, 0 if it is: tells the nearest miss among many. */
  default int distance(Payload answer) {
    return matches(answer) ? 0 : Integer.MAX_VALUE;
  }

  /** What is to be remembered of a right answer, by name. */
  default Map<String, String> captures(Payload answer) {
    return Map.of();
  }

  /** The same type and content. */
  record Exactly(Payload payload) implements Expectation {
    @Override
    public boolean matches(Payload answer) {
      return payload.equals(answer);
    }

    @Override
    public String describe() {
      return payload.toString();
    }
  }

  /** Any message of this type. */
  record OfType(Opcode opcode) implements Expectation {
    @Override
    public boolean matches(Payload answer) {
      return answer.opcode() == opcode;
    }

    @Override
    public String describe() {
      return opcode == Opcode.TEXT ? "a text" : "a binary message";
    }
  }

  /** A text message with this part. */
  record Containing(String part) implements Expectation {
    @Override
    public boolean matches(Payload answer) {
      return answer.opcode() == Opcode.TEXT && answer.text().contains(part);
    }

    @Override
    public String describe() {
      return "a text containing \"" + part + "\"";
    }
  }

  /**
   * A text message in which the pattern is found.
   *
   * @param whole whether it has to be the whole text; else anchor it with {@code ^} and {@code $}
   */
  record Matching(Pattern pattern, boolean whole) implements Expectation {
    /** Java 17 does not tell; a backslash before the parenthesis makes it none. */
    private static final Pattern GROUP = Pattern.compile("(?<!\\\\)\\(\\?<([A-Za-z][A-Za-z0-9]*)>");

    public Matching(Pattern pattern) {
      this(pattern, false);
    }

    @Override
    public boolean matches(Payload answer) {
      try {
        return find(answer) != null;
      } catch (BoundedText.Exhausted e) {
        return false;
      }
    }

    private @Nullable Matcher find(Payload answer) {
      return answer.opcode() == Opcode.TEXT ? Regex.match(pattern, answer.text(), whole) : null;
    }

    @Override
    public Optional<String> difference(Payload answer) {
      String expected = "expected %s, got %s".formatted(describe(), answer);
      try {
        return find(answer) == null ? Optional.of(expected) : Optional.empty();
      } catch (BoundedText.Exhausted e) {
        return Optional.of(expected + ", but " + Regex.TOO_HARD);
      }
    }

    /** The pattern's named groups, those that took part. */
    @Override
    public Map<String, String> captures(Payload answer) {
      Map<String, String> captures = new HashMap<>();
      Matcher found = matches(answer) ? find(answer) : null;
      for (String name : names()) {
        String value = found == null ? null : found.group(name);
        if (value != null) {
          captures.put(name, value);
        }
      }
      return captures;
    }

    /** The names of the pattern's groups. */
    public List<String> names() {
      return GROUP.matcher(pattern.pattern()).results().map(group -> group.group(1)).toList();
    }

    @Override
    public String describe() {
      return "text matching /" + pattern.pattern() + "/";
    }

    /** By what is matched: patterns themselves are equal only to themselves. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Matching that
          && whole == that.whole
          && pattern.pattern().equals(that.pattern.pattern())
          && pattern.flags() == that.pattern.flags();
    }

    @Override
    public int hashCode() {
      return pattern.pattern().hashCode();
    }
  }

  /** A text message that begins like this, for servers that answer {@code echo: Hello}. */
  record StartingWith(String prefix) implements Expectation {
    @Override
    public boolean matches(Payload answer) {
      return answer.opcode() == Opcode.TEXT && answer.text().startsWith(prefix);
    }

    @Override
    public String describe() {
      return "text starting with \"" + prefix + "\"";
    }
  }

  /** JSON that holds at least this; see {@link Json#differsFrom}. */
  record Holding(String json) implements Expectation {
    @Override
    public boolean matches(Payload answer) {
      return difference(answer).isEmpty();
    }

    @Override
    public String describe() {
      return "JSON that holds " + json;
    }

    @Override
    public int distance(Payload answer) {
      Json wanted = Json.parse(json).orElse(null);
      Json seen = Json.in(answer).orElse(null);
      return wanted == null || seen == null
          ? Integer.MAX_VALUE
          : seen.differences(wanted, false).size();
    }

    @Override
    public Optional<String> difference(Payload answer) {
      Optional<Json> wanted = Json.parse(json);
      Optional<Json> seen = Json.in(answer);
      if (wanted.isEmpty()) {
        return Optional.of("with what was captured, the expected is no JSON: " + json);
      }
      if (seen.isEmpty()) {
        return Optional.of("expected %s, got %s".formatted(describe(), answer));
      }
      return Optional.ofNullable(seen.get().differsFrom(wanted.get()))
          .map(difference -> "%s in %s".formatted(difference, answer));
    }
  }

  /** JSON in which each path leads to this text; see {@link Json#at}. */
  record AtPaths(Map<Json.Path, String> values) implements Expectation {
    public AtPaths {
      values = Map.copyOf(values);
    }

    @Override
    public boolean matches(Payload answer) {
      return difference(answer).isEmpty();
    }

    @Override
    public String describe() {
      return "JSON with "
          + values.entrySet().stream()
              .map(e -> "%s = \"%s\"".formatted(e.getKey(), e.getValue()))
              .sorted()
              .collect(Collectors.joining(", "));
    }

    @Override
    public Optional<String> difference(Payload answer) {
      Optional<Json> seen = Json.in(answer);
      if (seen.isEmpty()) {
        return Optional.of("expected %s, got %s".formatted(describe(), answer));
      }
      return values.entrySet().stream()
          .flatMap(e -> difference(e.getKey(), e.getValue(), seen.get()).stream())
          .sorted()
          .findFirst()
          .map(difference -> "%s in %s".formatted(difference, answer));
    }

    private static Optional<String> difference(Json.Path path, String wanted, Json seen) {
      Optional<String> value = seen.at(path);
      return value.equals(Optional.of(wanted))
          ? Optional.empty()
          : Optional.of(
              "%s: expected \"%s\", got %s"
                  .formatted(path, wanted, value.map(v -> '"' + v + '"').orElse("nothing")));
    }
  }

  /** No message: what was captured makes no sense where it stands. */
  record Impossible(String why) implements Expectation {
    @Override
    public boolean matches(Payload answer) {
      return false;
    }

    @Override
    public String describe() {
      return "with what was captured: " + why;
    }
  }
}
