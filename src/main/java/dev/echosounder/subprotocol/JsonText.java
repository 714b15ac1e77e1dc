package dev.echosounder.subprotocol;

import dev.echosounder.check.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON (RFC 8259), as the subprotocols that are written in it need it. */
public final class JsonText {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private JsonText() {}

  /** An object without members. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** An array without items. */
  public static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  /**
   * Parses a text.
   *
   * @throws IllegalArgumentException if it is not JSON, says where
   */
  public static JsonNode parse(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * As {@link #parse}, and it must be an object.
   *
   * @throws IllegalArgumentException if it is not
   */
  public static ObjectNode parseObject(String text) {
    return object(parse(text));
  }

  /**
   * The value as an object.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static ObjectNode object(JsonNode value) {
    if (value instanceof ObjectNode object) {
      return object;
    }
    throw new IllegalArgumentException("expected a JSON object, got " + value);
  }

  /**
   * A member that must be a string.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static String string(ObjectNode in, String member) {
    JsonNode value = in.get(member);
    if (value == null || !value.isString()) {
      throw new IllegalArgumentException(
          "expected the member \"%s\" to be a string, got %s".formatted(member, value));
    }
    return value.stringValue();
  }

  /** Whether {@code intValue} has an answer: a number such as 7 or 7.0, and not 3.5. */
  public static boolean isInt(@Nullable JsonNode value) {
    return value != null && value.canConvertToInt() && value.canConvertToExactIntegral();
  }

  /**
   * Where a value does not hold what is wanted, by the rules of {@link Json#differsFrom}: an object
   * may have more members.
   */
  public static @Nullable String difference(JsonNode wanted, JsonNode seen) {
    return json(seen).differsFrom(json(wanted));
  }

  private static Json json(JsonNode value) {
    return Json.parse(value.toString()).orElseThrow();
  }
}
