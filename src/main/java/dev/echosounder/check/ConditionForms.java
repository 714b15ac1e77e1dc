package dev.echosounder.check;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The one place where conditions are defined: a row each, the first that fits is taken. */
final class ConditionForms {
  private static final String NUMBER = "(-?\\d{1,30}(?:\\.\\d{1,30})?(?:[eE][+-]?\\d{1,3})?)";
  private static final String SPAN = "(\\d{1,9}(?:\\.\\d{1,9})?) ?(ms|s|m|min|h)";

  /** Digits that nobody's tolerance is about; to subtract such numbers could take for ever. */
  private static final int MOST_DIGITS = 1_000;

  /** What is wrong with a value: what it is, and by how much; null if it is right. */
  interface Test {
    @Nullable String wrong(Json value);
  }

  /**
   * A condition.
   *
   * @param expected what is right, for a person
   * @param absent whether it is right that there is no value
   */
  record Rule(String expected, boolean absent, Test test) {
    private static Rule of(String expected, Test test) {
      return new Rule(expected, false, test);
    }

    private static Rule simple(String expected, Predicate<Json> right) {
      return of(expected, value -> right.test(value) ? null : value.toString());
    }
  }

  private interface Maker {
    Rule make(Matcher words, Clock clock);
  }

  private record Form(Pattern pattern, String example, Maker maker) {
    static Form of(String pattern, String example, Maker maker) {
      return new Form(Pattern.compile(pattern, Pattern.DOTALL), example, maker);
    }
  }

  private static final List<Form> FORMS =
      List.of(
          Form.of("exists", "exists", (m, clock) -> Rule.simple("a value", value -> true)),
          Form.of(
              "does not exist",
              "does not exist",
              (m, clock) -> new Rule("nothing", true, Json::toString)),
          Form.of("matches \"(.*)\"", "matches \"\\d+\"", (m, clock) -> matches(m.group(1))),
          Form.of(
              "contains (.+)", "contains \"part\"", (m, clock) -> contains(literal(m.group(1)))),
          Form.of(
              "has (\\d{1,9}) items?",
              "has 3 items",
              (m, clock) -> hasItems(Integer.parseInt(m.group(1)))),
          Form.of(
              "is a time within " + SPAN + " of (?:now|\"(.+)\")",
              "is a time within 5s of now",
              (m, clock) -> time(span(m.group(1), m.group(2)), m.group(3), clock)),
          Form.of(
              "is within " + NUMBER + "(%?) of " + NUMBER,
              "is within 1% of 3.5",
              (m, clock) -> near(m.group(1), m.group(2), m.group(3))),
          Form.of(
              "is at least " + NUMBER,
              "is at least 3",
              (m, clock) -> bound("at least ", number(m.group(1)), 1)),
          Form.of(
              "is at most " + NUMBER,
              "is at most 3",
              (m, clock) -> bound("at most ", number(m.group(1)), -1)),
          Form.of(
              "is an? (string|number|boolean|object|array)",
              "is a string",
              (m, clock) -> type(m.group(1))),
          Form.of("is not (.+)", "is not null", (m, clock) -> not(literal(m.group(1)))),
          Form.of("is (.+)", "is \"ack\"", (m, clock) -> is(literal(m.group(1)))));

  private ConditionForms() {}

  /**
   * @throws IllegalArgumentException if no form fits, or what stands in it is wrong
   */
  static Rule rule(String words, Clock clock) {
    for (Form form : FORMS) {
      Matcher matcher = form.pattern().matcher(words);
      if (matcher.matches()) {
        return form.maker().make(matcher, clock);
      }
    }
    throw new IllegalArgumentException(
        "\"%s\" is no condition; there are: %s"
            .formatted(words, FORMS.stream().map(Form::example).collect(Collectors.joining(", "))));
  }

  private static Rule matches(String regex) {
    Pattern pattern = Pattern.compile(regex.replace("\\\"", "\""), Pattern.DOTALL);
    return Rule.of(
        "a string matching /" + regex + "/",
        value -> {
          try {
            return value.value() instanceof String text && Regex.match(pattern, text, true) != null
                ? null
                : value.toString();
          } catch (BoundedText.Exhausted e) {
            return value + ", but " + Regex.TOO_HARD;
          }
        });
  }

  private static Rule contains(Json part) {
    return Rule.simple(
        "what contains " + part,
        value -> {
          if (value.value() instanceof List<?> items) {
            return items.stream().anyMatch(i -> JsonDifference.of(part.value(), i, true).isEmpty());
          }
          return value.value() instanceof String text
              && part.value() instanceof String wanted
              && text.contains(wanted);
        });
  }

  private static Rule hasItems(int count) {
    return Rule.of(
        count + (count == 1 ? " item" : " items"),
        value -> {
          if (value.value() instanceof List<?> items) {
            return items.size() == count ? null : String.valueOf(items.size());
          }
          return value.toString();
        });
  }

  private static Rule time(Duration most, @Nullable String fixed, Clock clock) {
    Instant given = fixed == null ? null : instant(fixed);
    if (fixed != null && given == null) {
      throw new IllegalArgumentException(
          "expected a time such as \"2026-01-31T12:00:00Z\", got \"" + fixed + "\"");
    }
    return Rule.of(
        "an ISO-8601 time within %s of %s".formatted(said(most), fixed == null ? "now" : fixed),
        value -> {
          Instant seen = value.value() instanceof String text ? instant(text) : null;
          if (seen == null) {
            return value + ", which is no time with an offset";
          }
          Instant middle = given == null ? clock.instant() : given;
          Duration off = Duration.between(middle, seen);
          return off.abs().compareTo(most) <= 0
              ? null
              : "%s, %s too %s"
                  .formatted(
                      value, said(off.abs().minus(most)), off.isNegative() ? "early" : "late");
        });
  }

  private static @Nullable Instant instant(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static Duration span(String number, String unit) {
    long nanos =
        switch (unit) {
          case "ms" -> 1_000_000L;
          case "s" -> 1_000_000_000L;
          case "h" -> 3_600_000_000_000L;
          default -> 60_000_000_000L;
        };
    BigDecimal all = new BigDecimal(number).multiply(BigDecimal.valueOf(nanos));
    return all.precision() - all.scale() > 18
        ? Duration.ofSeconds(Long.MAX_VALUE / 2)
        : Duration.ofNanos(all.longValue());
  }

  private static String said(Duration duration) {
    return new BigDecimal(duration.toMillis()).movePointLeft(3).stripTrailingZeros().toPlainString()
        + " s";
  }

  private static Rule near(String by, String percent, String of) {
    BigDecimal middle = number(of);
    BigDecimal most =
        percent.isEmpty()
            ? number(by).abs()
            : middle.abs().multiply(number(by).abs()).movePointLeft(2);
    return Rule.of(
        "%s ± %s%s".formatted(of, by, percent),
        value -> {
          BigDecimal seen = decimal(value);
          if (seen == null) {
            return value.toString();
          }
          BigDecimal off = seen.subtract(middle).abs();
          return off.compareTo(most) <= 0
              ? null
              : value + ", which is off by " + off.stripTrailingZeros().toPlainString();
        });
  }

  /** Null if it is no number, or one of absurd length. */
  private static @Nullable BigDecimal decimal(Json value) {
    if (!(value.value() instanceof Number number)) {
      return null;
    }
    BigDecimal decimal = new BigDecimal(number.toString());
    int whole = decimal.precision() - decimal.scale();
    return Math.abs(whole) > MOST_DIGITS || Math.abs(decimal.scale()) > MOST_DIGITS
        ? null
        : decimal;
  }

  private static Rule bound(String words, BigDecimal bound, int sign) {
    return Rule.simple(
        words + bound,
        value ->
            value.value() instanceof Number number
                && new BigDecimal(number.toString()).compareTo(bound) * sign >= 0);
  }

  private static Rule type(String name) {
    Class<?> type =
        switch (name) {
          case "string" -> String.class;
          case "number" -> Number.class;
          case "boolean" -> Boolean.class;
          case "object" -> Map.class;
          default -> List.class;
        };
    return Rule.simple(
        (name.matches("[ao].*") ? "an " : "a ") + name, v -> type.isInstance(v.value()));
  }

  private static Rule is(Json wanted) {
    return Rule.of(
        wanted.toString(),
        value -> {
          List<String> differences = value.differences(wanted, true);
          if (differences.isEmpty()) {
            return null;
          }
          // Of an object or an array, the place tells more than the whole.
          String first = differences.get(0);
          return first.startsWith("$:") ? value.toString() : value + " (" + first + ")";
        });
  }

  private static Rule not(Json wanted) {
    return Rule.simple("anything but " + wanted, value -> !value.same(wanted));
  }

  private static BigDecimal number(String text) {
    return new BigDecimal(text);
  }

  private static Json literal(String text) {
    try {
      return Json.of(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "expected JSON such as \"ack\" in quotes, 3, true or null, got %s (%s)"
              .formatted(text, e.getMessage()),
          e);
    }
  }
}
