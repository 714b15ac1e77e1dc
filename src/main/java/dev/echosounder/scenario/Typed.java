package dev.echosounder.scenario;

import dev.echosounder.check.Json;
import dev.echosounder.check.JsonExpectation;
import dev.echosounder.check.JsonSchema;
import dev.echosounder.check.MessageWords;
import dev.echosounder.ws.Bytes;
import io.cucumber.docstring.DocString;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A message as a doc string writes it, with what the scenario remembers in its places.
 *
 * @param content as it is written
 */
record Typed(Type type, String content) {
  /** What may stand after the three quotes; nothing means the first. */
  enum Type {
    TEXT,
    JSON,
    HEX,
    BASE64,
    REGEX,
    JSON_SCHEMA;

    String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Type labelled(String label) {
      return Arrays.stream(values())
          .filter(t -> t.label().equals(label))
          .findFirst()
          .orElseThrow(
              () ->
                  new AssertionError(
                      "a message is no \"%s\"; it is one of %s"
                          .formatted(
                              label,
                              Arrays.stream(values())
                                  .map(Type::label)
                                  .collect(Collectors.joining(", ")))));
    }
  }

  static Typed of(DocString written) {
    String label = Objects.requireNonNullElse(written.getContentType(), "").strip();
    return new Typed(
        label.isEmpty() ? Type.TEXT : Type.labelled(label),
        Objects.requireNonNullElse(written.getContent(), ""));
  }

  /** The message, if this is one. */
  Payload payload() {
    Memory memory = World.current().memory();
    return switch (type) {
      case TEXT -> Payload.text(memory.fill(content));
      case JSON -> Payload.text(json(memory.fill(content, Json::escaped)));
      case HEX -> Payload.binary(bytes());
      case BASE64 -> Payload.binary(bytes());
      case REGEX, JSON_SCHEMA ->
          throw new AssertionError(
              "a " + type.label() + " says which messages are right, and is none to be sent");
    };
  }

  /** The messages that are right. */
  Wanted wanted() {
    Memory memory = World.current().memory();
    return switch (type) {
      case TEXT, HEX, BASE64 -> Wanted.exactly(payload());
      case JSON -> Wanted.of(Mistake.in(() -> MessageWords.same(content, memory)));
      case REGEX -> Wanted.textMatching(content, memory);
      case JSON_SCHEMA ->
          Wanted.of(
              Mistake.in(
                  () ->
                      new JsonExpectation.Valid(
                          JsonSchema.of(memory.fill(content, Json::escaped)))));
    };
  }

  /** As it is written: a server may care for blanks. */
  private static String json(String text) {
    var unused = Mistake.in(() -> Json.of(text));
    return text;
  }

  private Bytes bytes() {
    String digits = World.current().memory().fill(content);
    try {
      return type == Type.HEX ? Bytes.hex(digits) : Bytes.base64(digits);
    } catch (IllegalArgumentException e) {
      throw new AssertionError("not " + type.label() + ": " + e.getMessage(), e);
    }
  }
}
