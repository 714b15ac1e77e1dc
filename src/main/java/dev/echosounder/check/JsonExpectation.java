package dev.echosounder.check;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A text message that is JSON and, as such, has few differences from what it should be: none. */
public sealed interface JsonExpectation extends Expectation {
  /** Where it is not as it should be, the first to be told first; empty if it is right. */
  List<String> differences(Json seen);

  @Override
  default boolean matches(Payload answer) {
    return distance(answer) == 0;
  }

  @Override
  default int distance(Payload answer) {
    return Json.in(answer).map(seen -> differences(seen).size()).orElse(Integer.MAX_VALUE);
  }

  @Override
  default Optional<String> difference(Payload answer) {
    Optional<Json> seen = Json.in(answer);
    if (seen.isEmpty()) {
      return Optional.of("expected %s, got %s".formatted(describe(), answer));
    }
    return differences(seen.get()).stream()
        .findFirst()
        .map(difference -> "%s in %s".formatted(difference, answer));
  }

  /** The same JSON value, whatever its blanks and the order of its members. */
  record Same(Json json) implements JsonExpectation {
    @Override
    public List<String> differences(Json seen) {
      return seen.differences(json, true);
    }

    @Override
    public String describe() {
      return "the JSON " + json;
    }
  }

  /** JSON in which each path leads to what its condition wants. */
  record Where(List<At> places) implements JsonExpectation {
    public Where {
      places = List.copyOf(places);
    }

    @Override
    public List<String> differences(Json seen) {
      return places.stream()
          .flatMap(at -> at.condition().difference(at.path(), seen).stream())
          .toList();
    }

    @Override
    public String describe() {
      return places.stream()
          .map(at -> "\"%s\" %s".formatted(at.path().written(), at.condition()))
          .collect(Collectors.joining(" and ", "a message where ", ""));
    }
  }

  /** What a path has to lead to. */
  record At(Json.Path path, Condition condition) {}

  /** JSON that is valid by a schema. */
  record Valid(JsonSchema schema) implements JsonExpectation {
    @Override
    public List<String> differences(Json seen) {
      return schema.differences(seen);
    }

    @Override
    public String describe() {
      return "JSON valid by the schema " + schema;
    }
  }
}
