package dev.echosounder.peer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request and the values in its URL, which {@link #read} checks before any is used. */
final class Call {
  private final Head head;
  private final Rooms rooms;
  private final Map<String, List<Object>> values = new HashMap<>();

  Call(Head head, Rooms rooms) {
    this.head = head;
    this.rooms = rooms;
  }

  Head head() {
    return head;
  }

  Rooms rooms() {
    return rooms;
  }

  /** Parses path values and query; what is wrong with them, if anything is. */
  Optional<String> read(Map<String, String> path, List<Parameter<?>> parameters) {
    Map<String, List<String>> raw = new LinkedHashMap<>();
    path.forEach((name, value) -> raw.put(name, List.of(value)));
    for (String pair : head.query().split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      if (path.containsKey(name)) {
        return Optional.of("parameter " + name + " belongs in the path");
      }
      if (!name.isEmpty()) {
        raw.computeIfAbsent(name, n -> new ArrayList<>()).add(pair.substring(equals + 1));
      }
    }
    for (Parameter<?> parameter : parameters) {
      Optional<String> problem = parse(parameter, raw.remove(parameter.name()));
      if (problem.isPresent()) {
        return problem;
      }
    }
    List<String> known = parameters.stream().map(Parameter::name).toList();
    return raw.keySet().stream()
        .findFirst()
        .map(name -> "parameter " + name + " is unknown here: expected one of " + known);
  }

  private Optional<String> parse(Parameter<?> parameter, @Nullable List<String> given) {
    List<String> absent =
        parameter.fallback().isEmpty() ? List.of() : List.of(parameter.fallback());
    for (String text : given == null ? absent : given) {
      Optional<?> value = Head.decode(text).flatMap(t -> parameter.parser().apply(t));
      if (value.isEmpty()) {
        return Optional.of(
            "parameter " + parameter.name() + "=" + text + ": expected " + parameter.expected());
      }
      values.computeIfAbsent(parameter.name(), n -> new ArrayList<>()).add(value.get());
    }
    return Optional.empty();
  }

  /** The value of a parameter that is required or has a fallback. */
  <T> T get(Parameter<T> parameter) {
    return find(parameter)
        .orElseThrow(() -> new IllegalStateException(parameter.name() + " has no value"));
  }

  <T> Optional<T> find(Parameter<T> parameter) {
    return all(parameter).stream().findFirst();
  }

  /** All values of a parameter that may be repeated. */
  @SuppressWarnings("unchecked") // read() put in what this parameter's own parser returned
  <T> List<T> all(Parameter<T> parameter) {
    return (List<T>) values.getOrDefault(parameter.name(), List.of());
  }
}
