package dev.echosounder.subprotocol.jsonrpc;

import dev.echosounder.scenario.Phrase;
import dev.echosounder.subprotocol.JsonText;
import io.cucumber.datatable.DataTable;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** JSON-RPC 2.0. Answers find their calls by id, in whatever order they come. */
public final class JsonRpcSteps {
  @When("{who} call(s) {string}")
  @Phrase(means = "Calls a JSON-RPC method without parameters.", example = "I call \"ping\"")
  public void call(String who, String method) throws InterruptedException {
    JsonRpcSession.of(who).call(method, null);
  }

  @When("{who} call(s) {string} with {string}")
  @Phrase(
      means = "Calls a JSON-RPC method; the parameters are a JSON array or object.",
      example = "I call \"sum\" with '[1, 2]'")
  public void callWith(String who, String method, String params) throws InterruptedException {
    JsonRpcSession.of(who).call(method, JsonText.parse(params));
  }

  @When("{who} notify/notifies {string} with {string}")
  @Phrase(
      means = "Sends a JSON-RPC notification, which is never answered (§4.1).",
      example = "I notify \"log\" with '[\"seen\"]'")
  public void notification(String who, String method, String params) throws InterruptedException {
    JsonRpcSession.of(who).notify(method, JsonText.parse(params));
  }

  @When("{who} send(s) the JSON-RPC batch:")
  @Phrase(
      means = "Sends calls and notifications as one array (§6): kind, method, parameters.",
      example = "I send the JSON-RPC batch:\n| call | sum | [1, 2] |\n| notification | log | [7] |")
  public void batch(String who, DataTable table) throws InterruptedException {
    List<JsonRpcSession.Item> items = new ArrayList<>();
    for (List<String> row : table.cells()) {
      String kind = row.get(0);
      if (row.size() != 3 || !(kind.equals("call") || kind.equals("notification"))) {
        throw new IllegalArgumentException(
            "a row is call or notification, the method and its parameters; got " + row);
      }
      JsonNode params = row.get(2) == null ? null : JsonText.parse(row.get(2));
      items.add(new JsonRpcSession.Item(kind.equals("call"), row.get(1), params));
    }
    JsonRpcSession.of(who).batch(items);
  }

  @Then("{who} receive(s) the result {string}")
  @Phrase(
      means = "The oldest call is answered by this JSON; an object may have more members.",
      example = "I receive the result '3'")
  public void result(String who, String json) throws InterruptedException {
    JsonRpcSession session = JsonRpcSession.of(who);
    var unused = result(session, session.oldest(null), json);
  }

  @Then("{who} receive(s) the result {string} of {string}")
  @Phrase(
      means = "The oldest call of this method is answered by this JSON, whatever came before.",
      example = "I receive the result '3' of \"sum\"")
  public void resultOf(String who, String json, String method) throws InterruptedException {
    JsonRpcSession session = JsonRpcSession.of(who);
    var unused = result(session, session.oldest(method), json);
  }

  @Then("{who} receive(s) a result within {duration}")
  @Phrase(
      means = "The oldest call succeeds; from sending it took no longer than this.",
      example = "I receive a result within 200 ms")
  public void resultWithin(String who, Duration limit) throws InterruptedException {
    JsonRpcSession session = JsonRpcSession.of(who);
    JsonRpcSession.Sent call = session.oldest(null);
    RpcMessage.Answer answer = session.answer(call, "a result of " + call, limit);
    if (!(answer instanceof RpcMessage.Result)) {
      throw session.wrong("a result of " + call, answer);
    }
  }

  @Then("each of {int} calls of {string} is answered within {duration}")
  @Phrase(
      means = "Calls so many times, one after the other; each succeeds in time.",
      example = "each of 20 calls of \"ping\" is answered within 200 ms")
  public void each(int count, String method, Duration limit) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      call("I", method);
      resultWithin("I", limit);
    }
  }

  @Then("{who} receive(s) the error {int}")
  @Phrase(
      means = "The oldest call is answered by an error with this code (§5.1).",
      example = "I receive the error -32601")
  public void error(String who, int code) throws InterruptedException {
    JsonRpcSession session = JsonRpcSession.of(who);
    JsonRpcSession.Sent call = session.oldest(null);
    failure(session, call, code);
  }

  @Then("{who} receive(s) the error {int} with the message {string}")
  @Phrase(
      means = "The oldest call is answered by an error with this code and message.",
      example = "I receive the error -32601 with the message \"Method not found\"")
  public void errorMessage(String who, int code, String text) throws InterruptedException {
    JsonRpcSession session = JsonRpcSession.of(who);
    JsonRpcSession.Sent call = session.oldest(null);
    RpcMessage.Failure failure = failure(session, call, code);
    if (!failure.message().equals(text)) {
      throw session.wrong(expected(call, code) + " \"" + text + "\"", failure);
    }
  }

  @Then("{who} receive(s) the error {int} that answers no call")
  @Phrase(
      means = "An error with the id null: the peer could not read what it got (§5).",
      example = "I receive the error -32700 that answers no call")
  public void errorOfNoCall(String who, int code) throws InterruptedException {
    JsonRpcSession session = JsonRpcSession.of(who);
    String expected = "the error %d (%s) of no call".formatted(code, RpcMessage.name(code));
    RpcMessage.Failure failure = session.failureOfNoCall(expected);
    if (failure.code() != code) {
      throw session.wrong(expected, failure);
    }
  }

  @Then("{who} receive(s) the answers to the batch:")
  @Phrase(
      means = "Each call is answered, in one array: method, result or error and its code.",
      example = "I receive the answers to the batch:\n| sum | 3 |\n| nosuch | error -32601 |")
  public void batchAnswers(String who, DataTable table) throws InterruptedException {
    JsonRpcSession session = JsonRpcSession.of(who);
    for (List<String> row : table.cells()) {
      JsonRpcSession.Sent call = session.oldest(row.get(0));
      RpcMessage.Answer answer;
      if (row.get(1).startsWith("error ")) {
        answer = failure(session, call, Integer.parseInt(row.get(1).substring(6)));
      } else {
        answer = result(session, call, row.get(1));
      }
      if (!answer.batched()) {
        throw session.wrong("the answers to the batch in one array", answer, "it came alone");
      }
    }
  }

  @Then("{who} receive(s) no answer for {duration}")
  @Phrase(
      means = "Nothing is answered: neither result nor error; waits the whole time.",
      example = "I receive no answer for 200 ms")
  public void noAnswer(String who, Duration time) throws InterruptedException {
    JsonRpcSession.of(who).noAnswer(time);
  }

  @Then("{who} receive(s) the notification {string} with {string}")
  @Phrase(
      means = "The peer notifies us, with these parameters; an object may have more members.",
      example = "I receive the notification \"tick\" with '{\"n\": 1}'")
  public void notified(String who, String method, String params) throws InterruptedException {
    JsonRpcSession session = JsonRpcSession.of(who);
    RpcMessage.Notification came = session.notification(method);
    JsonNode seen = came.params() == null ? JsonText.parse("null") : came.params();
    String difference = JsonText.difference(JsonText.parse(params), seen);
    if (difference != null) {
      throw session.wrong(
          "the notification \"%s\" with the parameters %s".formatted(method, params),
          came,
          difference);
    }
  }

  @Then("{who} answer(s) the call {string} with {string}")
  @Phrase(
      means = "The peer calls us, and we answer with this JSON.",
      example = "I answer the call \"name\" with '\"probe\"'")
  public void answer(String who, String method, String json) throws InterruptedException {
    JsonRpcSession.of(who).answerCall(method, JsonText.parse(json));
  }

  private static RpcMessage.Answer result(
      JsonRpcSession session, JsonRpcSession.Sent call, String json) throws InterruptedException {
    String expected = "the result %s of %s".formatted(json, call);
    RpcMessage.Answer answer = session.answer(call, expected);
    if (!(answer instanceof RpcMessage.Result result)) {
      throw session.wrong(expected, answer);
    }
    String difference = JsonText.difference(JsonText.parse(json), result.value());
    if (difference != null) {
      throw session.wrong(expected, answer, difference);
    }
    return answer;
  }

  private static RpcMessage.Failure failure(
      JsonRpcSession session, JsonRpcSession.Sent call, int code) throws InterruptedException {
    String expected = expected(call, code);
    RpcMessage.Answer answer = session.answer(call, expected);
    if (answer instanceof RpcMessage.Failure failure && failure.code() == code) {
      return failure;
    }
    throw session.wrong(expected, answer);
  }

  private static String expected(JsonRpcSession.Sent call, int code) {
    return "the error %d (%s) of %s".formatted(code, RpcMessage.name(code), call);
  }
}
