package dev.echosounder.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The keys of a section and the rules between them. Immutable; other keys are errors. */
public final class Layout implements Form<Section> {
  private enum Rule {
    AT_MOST_ONE,
    EXACTLY_ONE,
    FIRST_NEEDS_ONE_OF_THE_OTHERS
  }

  private record Between(Rule rule, List<Key<?>> keys) {
    String names(int from) {
      return keys.stream().skip(from).map(Key::name).collect(Collectors.joining(", "));
    }
  }

  private final List<Key<?>> keys;
  private final List<Between> rules;

  private Layout(List<Key<?>> keys, List<Between> rules) {
    this.keys = List.copyOf(keys);
    this.rules = List.copyOf(rules);
  }

  /** These keys and no other. */
  public static Layout of(Key<?>... keys) {
    return new Layout(List.of(keys), List.of());
  }

  /** At most one of these is given. */
  public Layout atMostOne(Key<?>... some) {
    return with(Rule.AT_MOST_ONE, some);
  }

  /** Exactly one of these is given. */
  public Layout exactlyOne(Key<?>... some) {
    return with(Rule.EXACTLY_ONE, some);
  }

  /** Where {@code key} is given, one of {@code others} is too. */
  public Layout needs(Key<?> key, Key<?>... others) {
    return with(
        Rule.FIRST_NEEDS_ONE_OF_THE_OTHERS,
        Stream.concat(Stream.of(key), Stream.of(others)).toArray(Key<?>[]::new));
  }

  private Layout with(Rule rule, Key<?>... some) {
    List<Between> more = new ArrayList<>(rules);
    more.add(new Between(rule, List.of(some)));
    return new Layout(keys, more);
  }

  /** The keys and rules of both. */
  public Layout and(Layout other) {
    return new Layout(
        Stream.concat(keys.stream(), other.keys.stream()).toList(),
        Stream.concat(rules.stream(), other.rules.stream()).toList());
  }

  List<Key<?>> keys() {
    return keys;
  }

  @Override
  public @Nullable Section read(Value value) {
    List<Value.Entry> entries = value.entries();
    if (entries == null) {
      return null;
    }
    Map<String, Key<?>> known = new LinkedHashMap<>();
    keys.forEach(k -> known.put(k.name(), k));
    Section section = new Section(value);
    for (Value.Entry entry : entries) {
      Key<?> key = known.get(entry.name());
      if (key == null) {
        String hint = Suggestion.of(entry.name(), known.keySet());
        entry.key().problem("unknown key " + entry.key().shown() + hint);
      } else {
        section.put(key, entry.value());
      }
    }
    keys.stream()
        .filter(k -> k.required() && !section.has(k))
        .forEach(k -> section.breaks("the key \"" + k + "\" is missing"));
    rules.forEach(rule -> apply(rule, section));
    return section;
  }

  private static void apply(Between between, Section section) {
    List<Key<?>> given = between.keys().stream().filter(section::has).toList();
    switch (between.rule()) {
      case AT_MOST_ONE, EXACTLY_ONE -> {
        if (given.size() > 1) {
          section.problem(
              given.get(1), "expected only one of %s, got more".formatted(between.names(0)));
        } else if (given.isEmpty() && between.rule() == Rule.EXACTLY_ONE) {
          section.breaks("expected one of %s, got none".formatted(between.names(0)));
        }
      }
      case FIRST_NEEDS_ONE_OF_THE_OTHERS -> {
        Key<?> first = between.keys().get(0);
        if (given.contains(first) && given.size() == 1) {
          section.problem(first, "\"%s\" needs one of: %s".formatted(first, between.names(1)));
        }
      }
    }
  }

  @Override
  public Map<String, Object> schema() {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (Key<?> key : keys) {
      Map<String, Object> property = new LinkedHashMap<>();
      property.put("description", key.doc());
      property.putAll(key.form().schema());
      properties.put(key.name(), property);
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    schema.put("additionalProperties", false);
    List<String> required = keys.stream().filter(Key::required).map(Key::name).toList();
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    if (!rules.isEmpty()) {
      schema.put("allOf", rules.stream().map(Layout::schema).toList());
    }
    return schema;
  }

  private static Map<String, Object> schema(Between between) {
    List<Map<String, Object>> each =
        between.keys().stream()
            .map(k -> Map.<String, Object>of("required", List.of(k.name())))
            .toList();
    return switch (between.rule()) {
      case EXACTLY_ONE -> Map.of("oneOf", each);
      case AT_MOST_ONE -> atMostOne(each);
      case FIRST_NEEDS_ONE_OF_THE_OTHERS -> {
        List<Map<String, Object>> either = new ArrayList<>(each.subList(1, each.size()));
        either.add(Map.of("not", each.get(0)));
        yield Map.of("anyOf", either);
      }
    };
  }

  private static Map<String, Object> atMostOne(List<Map<String, Object>> each) {
    List<Map<String, Object>> either = new ArrayList<>(each);
    either.add(Map.of("not", Map.of("anyOf", each)));
    return Map.of("oneOf", either);
  }
}
