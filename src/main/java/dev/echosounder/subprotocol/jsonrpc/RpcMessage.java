package dev.echosounder.subprotocol.jsonrpc;

import dev.echosounder.subprotocol.JsonText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a peer sends in JSON-RPC 2.0. */
sealed interface RpcMessage {
  /** An answer to a call of ours; {@code id} is null where the peer could not tell which (§5). */
  sealed interface Answer extends RpcMessage {
    @Nullable JsonNode id();

    /** Whether it came in an array (§6). */
    boolean batched();
  }

  /** A response with a result (§5). */
  record Result(JsonNode id, JsonNode value, boolean batched) implements Answer {
    @Override
    public String toString() {
      return "the result %s of call %s".formatted(value, id);
    }
  }

  /** A response with an error (§5.1). */
  record Failure(
      @Nullable JsonNode id, int code, String message, @Nullable JsonNode data, boolean batched)
      implements Answer {
    @Override
    public String toString() {
      String which = id == null ? "no call" : "call " + id;
      String more = data == null ? "" : " with the data " + data;
      return "the error %d (%s) \"%s\" of %s%s".formatted(code, name(code), message, which, more);
    }
  }

  /** A call of the peer's, which wants an answer (§4). */
  record Call(JsonNode id, String method, @Nullable JsonNode params) implements RpcMessage {
    @Override
    public String toString() {
      return "the call \"%s\" with the parameters %s".formatted(method, params);
    }
  }

  /** A notification, which wants none (§4.1). */
  record Notification(String method, @Nullable JsonNode params) implements RpcMessage {
    @Override
    public String toString() {
      return "the notification \"%s\" with the parameters %s".formatted(method, params);
    }
  }

  /** What the specification calls an error code. */
  static String name(int code) {
    return switch (code) {
      case -32700 -> "parse error";
      case -32600 -> "invalid request";
      case -32601 -> "method not found";
      case -32602 -> "invalid params";
      case -32603 -> "internal error";
      default -> code >= -32099 && code <= -32000 ? "server error" : "application error";
    };
  }

  /**
   * Reads a message, or a batch of them.
   *
   * @throws IllegalArgumentException if it is neither, says why
   */
  static List<RpcMessage> read(String text) {
    JsonNode value = JsonText.parse(text);
    if (!(value instanceof ArrayNode batch)) {
      return List.of(one(JsonText.object(value), false));
    }
    if (batch.isEmpty()) {
      throw new IllegalArgumentException("an empty batch (§6)");
    }
    List<RpcMessage> all = new ArrayList<>();
    batch.forEach(item -> all.add(one(JsonText.object(item), true)));
    return all;
  }

  private static RpcMessage one(ObjectNode in, boolean batched) {
    if (!JsonText.string(in, "jsonrpc").equals("2.0")) {
      throw new IllegalArgumentException("expected \"jsonrpc\": \"2.0\", got " + in.get("jsonrpc"));
    }
    return in.has("method") ? request(in) : answer(in, batched);
  }

  private static RpcMessage request(ObjectNode in) {
    String method = JsonText.string(in, "method");
    JsonNode params = in.get("params");
    if (params != null && !params.isContainer()) {
      throw new IllegalArgumentException("parameters are an array or an object, got " + params);
    }
    JsonNode id = in.get("id");
    return id == null ? new Notification(method, params) : new Call(id, method, params);
  }

  private static RpcMessage answer(ObjectNode in, boolean batched) {
    JsonNode id = in.get("id");
    JsonNode result = in.get("result");
    JsonNode error = in.get("error");
    if (id == null) {
      throw new IllegalArgumentException("an answer has an id, this has none");
    }
    if ((result == null) == (error == null)) {
      throw new IllegalArgumentException("an answer has either a result or an error");
    }
    if (error == null) {
      return new Result(id, result, batched);
    }
    ObjectNode failure = JsonText.object(error);
    JsonNode code = failure.get("code");
    if (code == null || !JsonText.isInt(code)) {
      throw new IllegalArgumentException("an error's code is an integer, got " + code);
    }
    return new Failure(
        id.isNull() ? null : id,
        code.intValue(),
        JsonText.string(failure, "message"),
        failure.get("data"),
        batched);
  }
}
