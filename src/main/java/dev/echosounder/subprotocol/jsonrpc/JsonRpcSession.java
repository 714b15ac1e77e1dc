package dev.echosounder.subprotocol.jsonrpc;

import dev.echosounder.scenario.SubprotocolSession;
import dev.echosounder.subprotocol.JsonText;
import dev.echosounder.ws.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Our side of JSON-RPC 2.0 on one connection: answers find their calls by id. */
final class JsonRpcSession extends SubprotocolSession<RpcMessage> {
  /** A call of ours; {@code sent} in nanoseconds of the client's clock. */
  record Sent(int id, String method, long sent) {
    @Override
    public String toString() {
      return "call %d, \"%s\"".formatted(id, method);
    }
  }

  /** What is to be sent in a batch; {@code params} may be null. */
  record Item(boolean wantsAnswer, String method, @Nullable JsonNode params) {}

  /** Calls whose answer no step has taken, oldest first. */
  private final List<Sent> open = new ArrayList<>();

  /** The ids of calls that the peer has not answered. */
  private final Set<Integer> unanswered = new HashSet<>();

  private int lastId;

  private JsonRpcSession(String who) {
    super(who, "JSON-RPC 2.0");
  }

  static JsonRpcSession of(String who) {
    return of(who, JsonRpcSession.class, JsonRpcSession::new);
  }

  @Override
  protected List<RpcMessage> decode(Message message) {
    if (!(message instanceof Message.Text text)) {
      throw new IllegalArgumentException("a binary message, where JSON is expected");
    }
    List<RpcMessage> read = RpcMessage.read(text.text());
    for (RpcMessage one : read) {
      if (one instanceof RpcMessage.Answer answer && answer.id() != null) {
        JsonNode id = answer.id();
        if (!JsonText.isInt(id) || !unanswered.remove(id.intValue())) {
          throw new IllegalArgumentException(
              "an answer to call %s, which is none of ours that wait for one".formatted(id));
        }
      }
    }
    return read;
  }

  void call(String method, @Nullable JsonNode params) throws InterruptedException {
    batch(List.of(new Item(true, method, params)), false);
  }

  void notify(String method, @Nullable JsonNode params) throws InterruptedException {
    batch(List.of(new Item(false, method, params)), false);
  }

  void batch(List<Item> items) throws InterruptedException {
    batch(items, true);
  }

  private void batch(List<Item> items, boolean asArray) throws InterruptedException {
    ArrayNode array = JsonText.array();
    List<Sent> calls = new ArrayList<>();
    for (Item item : items) {
      ObjectNode request = array.addObject().put("jsonrpc", "2.0").put("method", item.method());
      if (item.params() != null) {
        request.set("params", item.params());
      }
      if (item.wantsAnswer()) {
        lastId++;
        request.put("id", lastId);
        unanswered.add(lastId);
        calls.add(new Sent(lastId, item.method(), 0));
      }
    }
    long sent = send((asArray ? array : array.get(0)).toString());
    calls.forEach(c -> open.add(new Sent(c.id(), c.method(), sent)));
  }

  /** The oldest call whose answer no step has taken; of this method, if one is named. */
  Sent oldest(@Nullable String method) {
    Optional<Sent> found =
        open.stream().filter(s -> method == null || s.method().equals(method)).findFirst();
    Sent call =
        found.orElseThrow(
            () ->
                new AssertionError(
                    "there is no call%s whose answer could come: say I call \"…\" first"
                        .formatted(method == null ? "" : " of \"" + method + "\"")));
    open.remove(call);
    return call;
  }

  /** Waits for the answer to a call. */
  RpcMessage.Answer answer(Sent call, String expected) throws InterruptedException {
    return (RpcMessage.Answer) await(expected, to(call)).message();
  }

  /** Waits for the answer to a call, measured from sending to arrival. */
  RpcMessage.Answer answer(Sent call, String expected, Duration limit) throws InterruptedException {
    return (RpcMessage.Answer) await(expected, to(call), call.sent(), limit).message();
  }

  private static Predicate<RpcMessage> to(Sent call) {
    return m ->
        m instanceof RpcMessage.Answer a && a.id() != null && a.id().intValue() == call.id();
  }

  RpcMessage.Failure failureOfNoCall(String expected) throws InterruptedException {
    return (RpcMessage.Failure)
        await(expected, m -> m instanceof RpcMessage.Failure f && f.id() == null).message();
  }

  RpcMessage.Notification notification(String method) throws InterruptedException {
    return (RpcMessage.Notification)
        await(
                "the notification \"" + method + "\"",
                m -> m instanceof RpcMessage.Notification n && n.method().equals(method))
            .message();
  }

  /** Waits for a call of the peer's, and answers it. */
  void answerCall(String method, JsonNode result) throws InterruptedException {
    RpcMessage.Call call =
        (RpcMessage.Call)
            await(
                    "the call \"" + method + "\"",
                    m -> m instanceof RpcMessage.Call c && c.method().equals(method))
                .message();
    ObjectNode answer = JsonText.object().put("jsonrpc", "2.0");
    answer.set("result", result);
    answer.set("id", call.id());
    send(answer.toString());
  }

  void noAnswer(Duration time) throws InterruptedException {
    none("answer", RpcMessage.Answer.class::isInstance, time);
  }
}
