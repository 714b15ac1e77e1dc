package dev.echosounder.subprotocol.signalr;

import dev.echosounder.subprotocol.JsonText;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a hub sends. */
sealed interface HubMessage {
  /** The answer to the handshake; {@code error} is null if it was accepted. */
  record Handshake(@Nullable String error) implements HubMessage {
    @Override
    public String toString() {
      return error == null ? "an accepted handshake" : "a handshake refused: \"" + error + "\"";
    }
  }

  /** The hub calls a method of ours; {@code id} is null unless it wants a completion. */
  record Invocation(@Nullable String id, String target, ArrayNode arguments) implements HubMessage {
    @Override
    public String toString() {
      return "the call \"%s\" with %s".formatted(target, arguments);
    }
  }

  /** One item of a stream. */
  record Item(String id, JsonNode item) implements HubMessage {
    @Override
    public String toString() {
      return "the item %s of invocation %s".formatted(item, id);
    }
  }

  /** The end of an invocation: with a result, an error or neither. */
  record Completion(String id, @Nullable JsonNode result, @Nullable String error)
      implements HubMessage {
    @Override
    public String toString() {
      String how =
          error != null
              ? "the error \"" + error + "\""
              : result == null ? "no result" : "the result " + result;
      return "the completion of invocation %s with %s".formatted(id, how);
    }
  }

  /** A sign of life. */
  record Ping() implements HubMessage {}

  /** The hub closes; {@code error} is null if nothing went wrong. */
  record Close(@Nullable String error, boolean allowReconnect) implements HubMessage {
    @Override
    public String toString() {
      String why = error == null ? "without an error" : "with the error \"" + error + "\"";
      return "Close %s, reconnecting %s".formatted(why, allowReconnect ? "allowed" : "not allowed");
    }
  }

  /**
   * Reads the record that answers the handshake.
   *
   * @throws IllegalArgumentException if it is none, says why
   */
  static HubMessage readHandshake(String record) {
    ObjectNode in = JsonText.parseObject(record);
    if (in.has("type")) {
      throw new IllegalArgumentException("a message before the handshake is answered: " + record);
    }
    return new Handshake(optional(in, "error"));
  }

  /**
   * Reads any other record; empty for a type that we do not know, which is to be ignored.
   *
   * @throws IllegalArgumentException if it is none, says why
   */
  static Optional<HubMessage> read(String record) {
    ObjectNode in = JsonText.parseObject(record);
    JsonNode type = in.get("type");
    if (type == null || !JsonText.isInt(type)) {
      throw new IllegalArgumentException("a message without a type: " + record);
    }
    return switch (type.intValue()) {
      case 1 -> Optional.of(invocation(in));
      case 2 -> Optional.of(new Item(JsonText.string(in, "invocationId"), in.path("item")));
      case 3 -> Optional.of(completion(in));
      case 6 -> Optional.of(new Ping());
      case 7 ->
          Optional.of(new Close(optional(in, "error"), in.path("allowReconnect").asBoolean(false)));
      case 4, 5 ->
          throw new IllegalArgumentException("a message that only a client sends: " + record);
      default -> Optional.empty();
    };
  }

  private static HubMessage invocation(ObjectNode in) {
    if (!(in.get("arguments") instanceof ArrayNode arguments)) {
      throw new IllegalArgumentException("an invocation has an array of arguments: " + in);
    }
    return new Invocation(optional(in, "invocationId"), JsonText.string(in, "target"), arguments);
  }

  private static HubMessage completion(ObjectNode in) {
    String error = optional(in, "error");
    JsonNode result = in.get("result");
    if (error != null && result != null) {
      throw new IllegalArgumentException("a completion with both result and error: " + in);
    }
    return new Completion(JsonText.string(in, "invocationId"), result, error);
  }

  private static @Nullable String optional(ObjectNode in, String member) {
    JsonNode value = in.get(member);
    return value == null || value.isNull() ? null : JsonText.string(in, member);
  }
}
