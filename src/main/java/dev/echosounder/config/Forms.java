package dev.echosounder.config;

import dev.echosounder.ws.Bytes;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The usual forms of values. */
public final class Forms {
  private static final int LONGEST_REGEX = 1000;

  /** Any text. */
  public static final Form<String> TEXT = text("text", "", (value, text) -> text);

  /** Text that never prints, wherever it came from. */
  public static final Form<String> SECRET = secret("text", "");

  /** {@code true} or {@code false}, nothing else. */
  public static final Form<Boolean> BOOLEAN = new BooleanForm();

  /** A regular expression of {@link Pattern}. */
  public static final Form<Pattern> REGEX = text("a regular expression", "", Forms::regex);

  /** Bytes as hex digits; blanks and colons between them are allowed. */
  public static final Form<Bytes> HEX =
      text(
          "pairs of hex digits such as 00ff",
          "[\\s:]*([0-9A-Fa-f][\\s:]*[0-9A-Fa-f][\\s:]*)*",
          (value, text) -> Bytes.hex(text));

  /** A file that exists and can be read; relative to the directory of the configuration. */
  public static final Form<Path> FILE = text("a file", "[^\\u0000]+", Forms::file);

  private Forms() {}

  /** Between these, inclusive: {@code 1m30s}, {@code 500ms}. */
  public static Form<Duration> duration(Duration least, Duration most) {
    return Quantities.duration(least, most);
  }

  /** Bytes between these, inclusive: {@code 64KiB}, {@code 1MiB}. */
  public static Form<Long> size(long least, long most) {
    return Quantities.size(least, most);
  }

  /** A whole number between these, inclusive. */
  public static Form<Integer> integer(int least, int most) {
    return new IntegerForm(least, most);
  }

  /** A list of at least {@code least}; one that can't be read is left out, and a problem. */
  public static <T> Form<List<T>> list(Form<T> item, int least) {
    return new ListForm<>(item, least, null);
  }

  /** A list of mappings in which no two give {@code unique} the same value. */
  static <T> Form<List<T>> listBy(Form<T> item, int least, String unique) {
    return new ListForm<>(item, least, unique);
  }

  /** At most {@code most} names of the reader's choice to values of one form. */
  public static <T> Form<Map<String, T>> mapping(
      String what, String names, Form<T> item, int most) {
    return new MappingForm<>(what, Pattern.compile(names), item, most);
  }

  /** One of these words. */
  public static <T> Form<T> choice(Map<String, T> words) {
    return new ChoiceForm<>(new LinkedHashMap<>(words));
  }

  /**
   * A text of some form.
   *
   * @param what for messages: expected {@code what}
   * @param pattern of the whole text, for Java and for JSON schema alike; empty means any
   * @param read null after it reported why not
   */
  public static <T> Form<T> text(
      String what, String pattern, BiFunction<Value, String, @Nullable T> read) {
    return new TextForm<>(what, Pattern.compile(pattern), pattern, false, read);
  }

  /** A text of some form that never prints. */
  static Form<String> secret(String what, String pattern) {
    return new TextForm<>(what, Pattern.compile(pattern), pattern, true, (value, text) -> text);
  }

  private static @Nullable Pattern regex(Value value, String text) {
    if (text.length() > LONGEST_REGEX) {
      value.problem("expected a regular expression of at most 1000 characters");
      return null;
    }
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      value.expected("a regular expression (" + e.getDescription() + ")");
      return null;
    }
  }

  private static @Nullable Path file(Value value, String text) {
    try {
      Path path = value.directory().resolve(text).normalize();
      if (Files.isRegularFile(path) && Files.isReadable(path)) {
        return path;
      }
    } catch (InvalidPathException e) {
      value.expected("the path of a file");
      return null;
    }
    value.expected("a file that exists and can be read");
    return null;
  }

  private static final class BooleanForm implements Form<Boolean> {
    @Override
    public @Nullable Boolean read(Value value) {
      if (!value.is(Tag.BOOL) || value.raw().isEmpty()) {
        value.expected("true or false");
        return null;
      }
      return Boolean.valueOf(value.raw());
    }

    @Override
    public Map<String, Object> schema() {
      return Schema.of("type", "boolean");
    }
  }

  private record IntegerForm(int least, int most) implements Form<Integer> {
    private static final Pattern DIGITS = Pattern.compile("-?\\d{1,30}");

    @Override
    public @Nullable Integer read(Value value) {
      if (value.is(Tag.INT) && DIGITS.matcher(value.raw()).matches()) {
        BigInteger number = new BigInteger(value.raw());
        if (number.compareTo(BigInteger.valueOf(least)) >= 0
            && number.compareTo(BigInteger.valueOf(most)) <= 0) {
          return number.intValue();
        }
      }
      value.expected("a whole number from %d to %d".formatted(least, most));
      return null;
    }

    @Override
    public Map<String, Object> schema() {
      return Schema.of("type", "integer", "minimum", least, "maximum", most);
    }
  }

  private record ChoiceForm<T>(Map<String, T> words) implements Form<T> {
    @Override
    public @Nullable T read(Value value) {
      String what = "one of " + String.join(", ", words.keySet());
      String text = value.is(Tag.STR) ? References.resolve(value.raw(), value) : "";
      if (text == null) {
        return null;
      }
      T chosen = words.get(text);
      if (chosen == null) {
        value.expected(what, Suggestion.of(value.raw(), words.keySet()));
      }
      return chosen;
    }

    @Override
    public Map<String, Object> schema() {
      return Schema.of(
          "anyOf",
          List.of(
              Schema.of("enum", List.copyOf(words.keySet())),
              Schema.of("type", "string", "pattern", References.SCHEMA)));
    }
  }
}
