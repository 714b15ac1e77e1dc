package dev.echosounder.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every condition, right and wrong, at a time that stands still. */
final class ConditionTest {
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-01-31T12:00:00Z"), ZoneOffset.UTC);
  private static final Template.Filling NOTHING = Template.Filling.of(Map.of());

  private static @Nullable String difference(String words, String path, String json) {
    return Condition.parse(words, NOTHING, NOON)
        .difference(Json.Path.of(path), Json.of(json))
        .orElse(null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      quoteCharacter = '`',
      textBlock =
          """
          is 3                  | 3.0        | none
          is 3                  | "3"        | $.a: expected 3, got "3"
          is "x"                | "x"        | none
          is null               | null       | none
          is {"b": [1]}         | {"b": [2]} | $.a: expected {"b":[1]}, got {"b":[2]} ($.b[0]: expected 1, got 2)
          is not 3              | 4          | none
          is not 3              | 3.00       | $.a: expected anything but 3, got 3.00
          exists                | null       | none
          does not exist        | 1          | $.a: expected nothing, got 1
          matches "[a-c]+"      | "abc"      | none
          matches "[a-c]+"      | "abcd"     | $.a: expected a string matching /[a-c]+/, got "abcd"
          matches "1"           | 1          | $.a: expected a string matching /1/, got 1
          contains "b"          | "abc"      | none
          contains 2            | [1, 2.0]   | none
          contains 2            | [1, "2"]   | $.a: expected what contains 2, got [1,"2"]
          has 1 item            | [7]        | none
          has 2 items           | [7]        | $.a: expected 2 items, got 1
          has 2 items           | "ab"       | $.a: expected 2 items, got "ab"
          is within 0.01 of 3.5 | 3.49       | none
          is within 0.01 of 3.5 | 3.4899     | $.a: expected 3.5 ± 0.01, got 3.4899, which is off by 0.0101
          is within 1% of -200  | -202       | none
          is within 1% of -200  | -202.1     | $.a: expected -200 ± 1%, got -202.1, which is off by 2.1
          is within 1 of 3      | 1e999999   | $.a: expected 3 ± 1, got 1E+999999
          is within 1 of 3      | "3"        | $.a: expected 3 ± 1, got "3"
          is at least 3         | 3.0        | none
          is at least 3         | 2          | $.a: expected at least 3, got 2
          is at most 3          | 1e999999   | $.a: expected at most 3, got 1E+999999
          is an array           | []         | none
          is a boolean          | 0          | $.a: expected a boolean, got 0
          is an object          | null       | $.a: expected an object, got null
          is a time within 5s of now | "2026-01-31T13:00:05+01:00" | none
          is a time within 5s of now | "2026-01-31T11:59:54.5Z" | $.a: expected an ISO-8601 time within 5 s of now, got "2026-01-31T11:59:54.5Z", 0.5 s too early
          is a time within 500 ms of "2026-01-31T12:00:00Z" | "2026-01-31T12:00:01Z" | $.a: expected an ISO-8601 time within 0.5 s of 2026-01-31T12:00:00Z, got "2026-01-31T12:00:01Z", 0.5 s too late
          is a time within 1m of now | "noon"    | $.a: expected an ISO-8601 time within 60 s of now, got "noon", which is no time with an offset
          """)
  void conditions(String words, String value, String difference) {
    assertThat(difference(words, "$.a", "{\"a\": " + value + "}")).isEqualTo(difference);
  }

  @Test
  void aPathToNothingIsWrongUnlessThatIsWanted() {
    assertThat(difference("exists", "$.b", "{}")).isEqualTo("$.b: expected a value, got nothing");
    assertThat(difference("is not 3", "$.b", "{}")).isNotNull();
    assertThat(difference("does not exist", "$.b", "{}")).isNull();
  }

  @Test
  void eachOfSeveralValuesHasToBeRight() {
    assertThat(difference("is at least 1", "$[*]", "[1, 2, 3]")).isNull();
    assertThat(difference("is at least 2", "$[*]", "[3, 1, 2]"))
        .isEqualTo("$[*]: expected at least 2, got 1");
  }

  @Test
  void anUnluckyPatternEnds() {
    assertThat(difference("matches \"a*a*a*a*a*a*a*a*b\"", "$", "\"" + "a".repeat(99) + "\""))
        .endsWith("but the pattern takes too many steps on this text");
    assertThat(difference("matches \"(?:a|b)*\"", "$", "\"" + "ab".repeat(100_000) + "\""))
        .endsWith("but the pattern takes too many steps on this text");
  }

  @Test
  void whatIsKnownGoesInAsItsPlaceNeedsIt() {
    Template.Filling known = Template.Filling.of(Map.of("x", "a\"b.", "n", "3"));
    assertThat(Condition.parse("is \"{{x}}\"", known, NOON).toString()).isEqualTo("is \"a\\\"b.\"");
    assertThat(
            Condition.parse("matches \"{{x}}c\"", known, NOON)
                .difference(Json.Path.of("$"), Json.of("\"a\\\"bxc\"")))
        .isPresent();
    assertThat(Condition.parse("is {{n}}", known, NOON))
        .isEqualTo(Condition.parse("is 3", known, NOON))
        .isNotEqualTo(Condition.parse("is 3", known, Clock.systemUTC()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "is ack",
        "is",
        "is within x of 3",
        "is within 5 parsecs of 3",
        "is a time within 5s of \"noon\"",
        "has many items",
        "matches \"(\"",
        "likes 3"
      })
  void wordsThatAreNone(String words) {
    assertThatThrownBy(() -> Condition.parse(words, NOTHING, NOON))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
