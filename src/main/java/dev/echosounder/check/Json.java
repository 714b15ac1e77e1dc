package dev.echosounder.check;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.Option;
import com.jayway.jsonpath.spi.json.JsonSmartJsonProvider;
import com.jayway.jsonpath.spi.mapper.JsonSmartMappingProvider;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A JSON text (RFC 8259), to be looked into by JSON path (RFC 9535) or compared. Immutable. */
public final class Json {
  /** Its parser has limits on depth and on the length of numbers: messages come from anybody. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  /** Named, for the library would ask the class path which JSON parser there is. */
  private static final Configuration PATHS =
      Configuration.builder()
          .jsonProvider(new JsonSmartJsonProvider())
          .mappingProvider(new JsonSmartMappingProvider())
          .options(EnumSet.of(Option.SUPPRESS_EXCEPTIONS, Option.ALWAYS_RETURN_LIST))
          .build();

  private final @Nullable Object value;

  private Json(@Nullable Object value) {
    this.value = value;
  }

  /** A compiled JSON path. Immutable; equal if spelt equally. */
  public static final class Path {
    private final JsonPath compiled;

    private Path(JsonPath compiled) {
      this.compiled = compiled;
    }

    /**
     * Compiles a path such as {@code $.session.id}.
     *
     * @throws IllegalArgumentException if it is none; says why
     */
    public static Path of(String text) {
      try {
        return new Path(JsonPath.compile(text));
      } catch (InvalidPathException e) {
        throw new IllegalArgumentException(e.getMessage(), e);
      }
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Path that && toString().equals(that.toString());
    }

    @Override
    public int hashCode() {
      return toString().hashCode();
    }

    /** As the library spells it: {@code $['session']['id']}. */
    @Override
    public String toString() {
      return compiled.getPath();
    }
  }

  /** Empty if the text is not JSON. */
  public static Optional<Json> parse(String text) {
    try {
      return Optional.of(new Json(MAPPER.readValue(text, Object.class)));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /** The first value that the path leads to, as {@link #text()}; empty if it leads nowhere. */
  public Optional<String> at(Path path) {
    if (value == null) {
      return Optional.empty();
    }
    List<?> found = path.compiled.read(value, PATHS);
    return found == null || found.isEmpty()
        ? Optional.empty()
        : Optional.of(new Json(found.get(0)).text());
  }

  /** A string without its quotes, anything else as JSON. */
  public String text() {
    return value instanceof String string ? string : MAPPER.writeValueAsString(value);
  }

  /** A text as it stands between the quotes of a JSON string. */
  static String escaped(String text) {
    String quoted = MAPPER.writeValueAsString(text);
    return quoted.substring(1, quoted.length() - 1);
  }

  /**
   * Where this does not hold what is wanted. An object holds another that has some of its members;
   * arrays have the same length; numbers are equal by value: 1.0 is 1.
   *
   * @return the first difference, {@code $.a.b: expected 3, got 4}; null if there is none
   */
  public @Nullable String differsFrom(Json wanted) {
    return difference("$", wanted.value, value);
  }

  private static @Nullable String difference(
      String where, @Nullable Object wanted, @Nullable Object seen) {
    if (wanted instanceof Map<?, ?> members && seen instanceof Map<?, ?> given) {
      for (Map.Entry<?, ?> member : members.entrySet()) {
        String at = where + "." + member.getKey();
        if (!given.containsKey(member.getKey())) {
          return "%s: expected %s, got nothing".formatted(at, shown(member.getValue()));
        }
        String difference = difference(at, member.getValue(), given.get(member.getKey()));
        if (difference != null) {
          return difference;
        }
      }
      return null;
    }
    if (wanted instanceof List<?> items && seen instanceof List<?> given) {
      return items.size() == given.size()
          ? itemsDifference(where, items, given)
          : "%s: expected %d items, got %d".formatted(where, items.size(), given.size());
    }
    return equal(wanted, seen)
        ? null
        : "%s: expected %s, got %s".formatted(where, shown(wanted), shown(seen));
  }

  private static @Nullable String itemsDifference(String where, List<?> items, List<?> given) {
    for (int i = 0; i < items.size(); i++) {
      String difference = difference(where + "[" + i + "]", items.get(i), given.get(i));
      if (difference != null) {
        return difference;
      }
    }
    return null;
  }

  private static boolean equal(@Nullable Object wanted, @Nullable Object seen) {
    if (wanted instanceof Number one && seen instanceof Number other) {
      return new BigDecimal(one.toString()).compareTo(new BigDecimal(other.toString())) == 0;
    }
    return Objects.equals(wanted, seen);
  }

  private static String shown(@Nullable Object value) {
    String all = MAPPER.writeValueAsString(value);
    return all.length() <= 60 ? all : all.substring(0, 60) + "…";
  }
}
