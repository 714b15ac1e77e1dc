package dev.echosounder.peer;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A typed value of a URL's path or query, with its documentation. */
record Parameter<T>(
    String name,
    String expected,
    String fallback,
    String description,
    Function<String, Optional<T>> parser) {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,7})(ms|s|m)");

  static Parameter<String> text(String name, String fallback, String description) {
    return new Parameter<>(name, "text", fallback, description, Optional::of);
  }

  static Parameter<Integer> number(
      String name, int from, int to, String fallback, String description) {
    return new Parameter<>(
        name,
        "a whole number from " + from + " to " + to,
        fallback,
        description,
        text ->
            Optional.of(text)
                .filter(t -> t.matches("\\d{1,9}"))
                .map(Integer::valueOf)
                .filter(n -> n >= from && n <= to));
  }

  static Parameter<Duration> duration(String name, String fallback, String description) {
    return new Parameter<>(
        name, "a duration such as 500ms, 2s or 1m", fallback, description, Parameter::duration);
  }

  static Parameter<Boolean> onOff(String name, boolean fallback, String description) {
    return new Parameter<>(
        name,
        "on or off",
        fallback ? "on" : "off",
        description,
        text -> Optional.of(text).filter(t -> t.equals("on") || t.equals("off")).map("on"::equals));
  }

  /** Values are written as the constants are named, in lower case with hyphens. */
  static <E extends Enum<E>> Parameter<E> choice(
      String name, Class<E> type, String fallback, String description) {
    List<E> constants = List.of(type.getEnumConstants());
    return new Parameter<>(
        name,
        constants.stream().map(Parameter::written).collect(Collectors.joining(", ")),
        fallback,
        description,
        text -> constants.stream().filter(c -> written(c).equals(text)).findFirst());
  }

  /** Comma-separated. */
  static Parameter<List<String>> list(String name, String description) {
    return new Parameter<>(
        name,
        "names, separated by commas",
        "",
        description,
        text -> Optional.of(Arrays.asList(text.split(",", -1))));
  }

  Behaviour.Parameter documentation() {
    return new Behaviour.Parameter(name, expected, fallback, description);
  }

  private static String written(Enum<?> constant) {
    return constant.toString().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Optional<Duration> duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long amount = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(amount);
          case "s" -> Duration.ofSeconds(amount);
          default -> Duration.ofMinutes(amount);
        });
  }
}
