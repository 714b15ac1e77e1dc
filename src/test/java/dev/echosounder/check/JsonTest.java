package dev.echosounder.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {
  private static Json json(String text) {
    return Json.parse(text).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "{\"a\": 1}            | {\"a\": 1.0, \"b\": 2}     | none",
        "{}                    | {\"a\": 1}                 | none",
        "{\"a\": null}         | {}                         | $.a: expected null, got nothing",
        "{\"a\": null}         | {\"a\": null}              | none",
        "[1, 2]                | [1, 2, 3]                  | $: expected 2 items, got 3",
        "[{\"a\": 1}]          | [{\"a\": 1, \"b\": 2}]     | none",
        "{\"a\": {\"b\": 1}}   | {\"a\": {\"b\": \"1\"}}    | $.a.b: expected 1, got \"1\"",
        "{\"a\": 1}            | [1]                        | $: expected {\"a\":1}, got [1]",
        "1e2                   | 100                        | none",
        "true                  | false                      | $: expected true, got false",
      })
  void differences(String wanted, String seen, String difference) {
    assertThat(json(seen).differsFrom(json(wanted))).isEqualTo(difference);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "$.a            | 1",
        "$.b[1].c       | x",
        "$..c           | x",
        "$.b[?(@.c)].c  | x",
        "$.d            | null",
        "$.b            | [2,{\"c\":\"x\"}]",
        "$.e            | none",
        "$.a.b.c        | none",
        "$.b[7]         | none",
      })
  void paths(String path, String value) {
    Json message = json("{\"a\": 1, \"b\": [2, {\"c\": \"x\"}], \"d\": null}");
    assertThat(message.at(Json.Path.of(path)).orElse(null)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "{'a': 1}", "{\"a\": 1} x", "{a: 1}", "[1,]", "NaN", "[1"})
  void textsThatAreNoJson(String text) {
    assertThat(Json.parse(text)).isEmpty();
  }

  @Test
  void aBottomlessTextIsRefusedAndNotACrash() {
    assertThat(Json.parse("[".repeat(1_000_000))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"$.", "$[", "$..", "$.a[?("})
  void pathsThatAreNone(String path) {
    assertThatThrownBy(() -> Json.Path.of(path)).isInstanceOf(IllegalArgumentException.class);
  }
}
