package dev.echosounder.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonSchemaTest {
  private static Expectation valid(String schema) {
    return new JsonExpectation.Valid(JsonSchema.of(schema));
  }

  @Test
  void tellsEachPlaceThatIsWrong() {
    JsonSchema schema =
        JsonSchema.of(
            """
            {"type": "object", "required": ["id"],
             "properties": {"a": {"type": "array", "items": {"$ref": "#/$defs/n"}}},
             "$defs": {"n": {"type": "integer", "maximum": 9}}}
            """);
    assertThat(schema.differences(Json.of("{\"id\": 1, \"a\": [1.0, 9]}"))).isEmpty();
    assertThat(schema.differences(Json.of("{\"a\": [1, 10]}")))
        .containsExactlyInAnyOrder(
            "$: required property 'id' not found", "$.a[1]: must have a maximum value of 9");
  }

  @Test
  void readsOlderDrafts() {
    Expectation schema =
        valid("{\"$schema\": \"http://json-schema.org/draft-07/schema#\", \"type\": \"number\"}");
    assertThat(schema.matches(Payload.text("3"))).isTrue();
    assertThat(schema.difference(Payload.text("x"))).get().asString().startsWith("expected JSON");
  }

  @Test
  void anUnluckyPatternEnds() {
    Expectation schema = valid("{\"pattern\": \"^a*a*a*a*a*a*a*a*b\"}");
    assertThat(schema.difference(Payload.text("\"" + "a".repeat(99) + "\"")))
        .get()
        .asString()
        .startsWith("$: the pattern takes too many steps on this text");
    assertThat(schema.matches(Payload.text("\"aaab\""))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"type\": \"strnig\"}",
        "{\"minimum\": \"3\"}",
        "{\"pattern\": \"(\"}",
        "{\"$ref\": \"#/$defs/none\"}",
        "{\"$ref\": \"http://127.0.0.1:1/schema.json\"}",
        "{\"$ref\": \"file:///etc/hostname\"}",
        "{\"$schema\": \"http://127.0.0.1:1/draft\"}",
        "{\"$schema\": 3}"
      })
  void schemasThatAreNone(String schema) {
    assertThatThrownBy(() -> JsonSchema.of(schema))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not ");
  }
}
