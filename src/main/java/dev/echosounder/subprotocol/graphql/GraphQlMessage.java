package dev.echosounder.subprotocol.graphql;

import dev.echosounder.subprotocol.JsonText;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a server sends. */
sealed interface GraphQlMessage {
  /** {@code connection_ack}. */
  record Ack() implements GraphQlMessage {
    @Override
    public String toString() {
      return "connection_ack";
    }
  }

  /** {@code next}: one execution result, with data, errors or both. */
  record Next(String id, ObjectNode payload) implements GraphQlMessage {
    @Override
    public String toString() {
      return "next %s of operation %s".formatted(payload, id);
    }
  }

  /** {@code error}: the operation was never executed; the payload is an array of errors. */
  record Errors(String id, JsonNode payload) implements GraphQlMessage {
    @Override
    public String toString() {
      return "error %s of operation %s".formatted(payload, id);
    }
  }

  /** {@code complete}. */
  record Complete(String id) implements GraphQlMessage {
    @Override
    public String toString() {
      return "complete of operation " + id;
    }
  }

  /** {@code ping}, which wants a pong. */
  record Ping() implements GraphQlMessage {}

  /** {@code pong}, asked for or not. */
  record Pong() implements GraphQlMessage {}

  /**
   * Reads a message.
   *
   * @throws IllegalArgumentException if it is none, says why
   */
  static GraphQlMessage read(String text) {
    ObjectNode in = JsonText.parseObject(text);
    String type = JsonText.string(in, "type");
    return switch (type) {
      case "connection_ack" -> new Ack();
      case "ping" -> new Ping();
      case "pong" -> new Pong();
      case "next" -> new Next(JsonText.string(in, "id"), JsonText.object(payload(in)));
      case "error" -> new Errors(JsonText.string(in, "id"), errors(payload(in)));
      case "complete" -> new Complete(JsonText.string(in, "id"));
      default -> throw new IllegalArgumentException("a message of the type \"" + type + "\"");
    };
  }

  /** Whether a text is a ping; what breaks the subprotocol is none, and told by {@link #read}. */
  static boolean isPing(String text) {
    if (!text.contains("ping")) { // Most are not, and need no parsing on the I/O thread.
      return false;
    }
    try {
      return read(text) instanceof Ping;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static JsonNode payload(ObjectNode in) {
    JsonNode payload = in.get("payload");
    if (payload == null) {
      throw new IllegalArgumentException("a message without payload: " + in);
    }
    return payload;
  }

  private static JsonNode errors(JsonNode payload) {
    if (!payload.isArray() || payload.isEmpty()) {
      throw new IllegalArgumentException("the payload of an error is a list of errors: " + payload);
    }
    return payload;
  }
}
