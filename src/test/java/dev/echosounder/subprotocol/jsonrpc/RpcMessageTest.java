package dev.echosounder.subprotocol.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echosounder.subprotocol.Garbage;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of the specification (§7), as a client gets them, and what breaks it. */
final class RpcMessageTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{`jsonrpc`: `2.0`, `result`: 19, `id`: 1} | the result 19 of call 1",
        "{`jsonrpc`: `2.0`, `result`: null, `id`: 1} | the result null of call 1",
        "{`jsonrpc`: `2.0`, `error`: {`code`: -32601, `message`: `Method not found`}, `id`: `1`}"
            + " | the error -32601 (method not found) `Method not found` of call `1`",
        "{`jsonrpc`: `2.0`, `error`: {`code`: -32700, `message`: `Parse error`}, `id`: null}"
            + " | the error -32700 (parse error) `Parse error` of no call",
        "{`jsonrpc`: `2.0`, `error`: {`code`: -32042, `message`: ``, `data`: 7}, `id`: 2}"
            + " | the error -32042 (server error) `` of call 2 with the data 7",
        "{`jsonrpc`: `2.0`, `method`: `update`, `params`: [1,2,3]}"
            + " | the notification `update` with the parameters [1,2,3]",
        "{`jsonrpc`: `2.0`, `method`: `ask`, `id`: 9} | the call `ask` with the parameters null",
      })
  void messagesReadAs(String json, String expected) {
    assertThat(RpcMessage.read(json.replace('`', '"')))
        .singleElement()
        .asString()
        .isEqualTo(expected.replace('`', '"'));
  }

  @Test
  void aBatchIsSeveral() {
    assertThat(
            RpcMessage.read(
                """
                [{"jsonrpc": "2.0", "result": 7, "id": 1},
                 {"jsonrpc": "2.0", "error": {"code": -32600, "message": "m"}, "id": null}]
                """))
        .hasSize(2)
        .allMatch(m -> ((RpcMessage.Answer) m).batched());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "nonsense | not JSON",
        "7 | expected a JSON object, got 7",
        "[] | an empty batch",
        "{`result`: 1, `id`: 1} | `jsonrpc` to be a string, got null",
        "{`jsonrpc`: `1.0`, `result`: 1, `id`: 1} | expected `jsonrpc`: `2.0`, got `1.0`",
        "{`jsonrpc`: `2.0`, `result`: 1} | an answer has an id",
        "{`jsonrpc`: `2.0`, `id`: 1} | either a result or an error",
        "{`jsonrpc`: `2.0`, `result`: 1, `error`: {}, `id`: 1} | either a result or an error",
        "{`jsonrpc`: `2.0`, `error`: {`code`: `x`, `message`: `m`}, `id`: 1} | code is an integer",
        "{`jsonrpc`: `2.0`, `error`: {`code`: 3.5, `message`: `m`}, `id`: 1} | code is an integer",
        "{`jsonrpc`: `2.0`, `error`: {`code`: 1}, `id`: 1} | `message` to be a string",
        "{`jsonrpc`: `2.0`, `method`: 1} | `method` to be a string",
        "{`jsonrpc`: `2.0`, `method`: `m`, `params`: 1} | parameters are an array or an object",
      })
  void whatBreaksJsonRpcIsNamed(String json, String why) {
    assertThatThrownBy(() -> RpcMessage.read(json.replace('`', '"')))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why.replace('`', '"'));
  }

  @Provide
  Arbitrary<String> garbage() {
    return Garbage.near(
        "{\"jsonrpc\":\"2.0\",\"result\":7,\"id\":1}",
        "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32601,\"message\":\"m\",\"data\":1},\"id\":null}",
        "{\"jsonrpc\":\"2.0\",\"method\":\"a\",\"params\":[1]}",
        "[{\"jsonrpc\":\"2.0\",\"method\":\"a\",\"id\":9},{\"jsonrpc\":\"2.0\",\"result\":7,\"id\":1}]");
  }

  @Property(tries = 500)
  void garbageIsReadOrRefused(@ForAll("garbage") String text) {
    Garbage.readOrRefused(RpcMessage::read, text);
  }
}
