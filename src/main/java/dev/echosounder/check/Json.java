package dev.echosounder.check;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.Option;
import com.jayway.jsonpath.spi.json.JsonSmartJsonProvider;
import com.jayway.jsonpath.spi.mapper.JsonSmartMappingProvider;
import dev.echosounder.ws.Opcode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
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

  private static final int SHOWN = 60;

  private final @Nullable Object value;

  private Json(@Nullable Object value) {
    this.value = value;
  }

  /** A compiled JSON path. Immutable; equal if spelt equally. */
  public static final class Path {
    /** What the library takes and then answers with nothing, and what nobody could bound. */
    private static final Pattern FUNCTION = Pattern.compile("\\.\\w+\\(\\)\\s*$");

    private static final Pattern QUOTED = Pattern.compile("'(?:[^'\\\\]|\\\\.)*'");

    private final JsonPath compiled;
    private final String written;

    private Path(JsonPath compiled, String written) {
      this.compiled = compiled;
      this.written = written;
    }

    /**
     * Compiles a path such as {@code $.session.id}.
     *
     * @throws IllegalArgumentException if it is none; says why
     */
    public static Path of(String text) {
      String bare = QUOTED.matcher(text).replaceAll("''");
      if (FUNCTION.matcher(bare).find() || bare.contains("=~")) {
        throw new IllegalArgumentException(
            "functions and =~ are not supported in a JSON path: say has 3 items, or matches");
      }
      try {
        return new Path(JsonPath.compile(text), text);
      } catch (InvalidPathException e) {
        throw new IllegalArgumentException(e.getMessage(), e);
      }
    }

    /** As its author spelt it. */
    String written() {
      return written;
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

  /**
   * Reads a JSON text.
   *
   * @throws IllegalArgumentException if it is none; says what is wrong, and where
   */
  public static Json of(String text) {
    try {
      return new Json(MAPPER.readValue(text, Object.class));
    } catch (JacksonException e) {
      TokenStreamLocation at = e.getLocation();
      String where =
          at == null ? "" : " in line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
      throw new IllegalArgumentException(
          "not JSON%s: %s".formatted(where, e.getOriginalMessage()), e);
    }
  }

  /** What a text message says; empty if it is binary or not JSON. */
  static Optional<Json> in(Payload message) {
    return message.opcode() == Opcode.TEXT ? parse(message.text()) : Optional.empty();
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
    return all(path).stream().findFirst().map(Json::text);
  }

  /** All values that the path leads to. */
  List<Json> all(Path path) {
    List<?> found = value == null ? List.of() : path.compiled.read(value, PATHS);
    List<Json> all = new ArrayList<>();
    if (found != null) {
      found.forEach(one -> all.add(new Json(one)));
    }
    return all;
  }

  /** A string without its quotes, anything else as JSON. */
  public String text() {
    return value instanceof String string ? string : MAPPER.writeValueAsString(value);
  }

  /** A text as it stands between the quotes of a JSON string. */
  public static String escaped(String text) {
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
    List<String> all = differences(wanted, false);
    return all.isEmpty() ? null : all.get(0);
  }

  /** As {@link #differsFrom}, but all; {@code exact} means with no members besides. */
  List<String> differences(Json wanted, boolean exact) {
    return JsonDifference.of(wanted.value, value, exact);
  }

  /** Whether both are the same value, whatever the order of members. */
  boolean same(Json other) {
    return differences(other, true).isEmpty();
  }

  @Nullable Object value() {
    return value;
  }

  String written() {
    return MAPPER.writeValueAsString(value);
  }

  static String shown(@Nullable Object value) {
    String all = MAPPER.writeValueAsString(value);
    return all.length() <= SHOWN ? all : all.substring(0, SHOWN) + "…";
  }

  /** As JSON, its beginning if it is long. */
  @Override
  public String toString() {
    return shown(value);
  }
}
