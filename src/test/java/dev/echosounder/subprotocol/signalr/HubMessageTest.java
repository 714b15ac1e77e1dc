package dev.echosounder.subprotocol.signalr;

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

/** The examples of the hub protocol's specification, and what breaks it. */
final class HubMessageTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{`type`:1,`target`:`Send`,`arguments`:[42,`Test`]} | the call `Send` with [42,`Test`]",
        "{`type`:1,`invocationId`:`123`,`target`:`Send`,`arguments`:[]} | the call `Send` with []",
        "{`type`:2,`invocationId`:`123`,`item`:42} | the item 42 of invocation 123",
        "{`type`:3,`invocationId`:`123`}" + " | the completion of invocation 123 with no result",
        "{`type`:3,`invocationId`:`123`,`result`:42}"
            + " | the completion of invocation 123 with the result 42",
        "{`type`:3,`invocationId`:`123`,`error`:`It didn't work!`}"
            + " | the completion of invocation 123 with the error `It didn't work!`",
        "{`type`:7} | Close without an error, reconnecting not allowed",
        "{`type`:7,`error`:`because`,`allowReconnect`:true}"
            + " | Close with the error `because`, reconnecting allowed",
      })
  void messagesReadAs(String json, String expected) {
    assertThat(HubMessage.read(json.replace('`', '"')))
        .get()
        .hasToString(expected.replace('`', '"'));
  }

  @Test
  void aTypeOfTheFutureIsIgnored() {
    assertThat(HubMessage.read("{\"type\":9,\"sequenceId\":1}")).isEmpty();
  }

  @Test
  void handshakesAreAcceptedOrRefused() {
    assertThat(HubMessage.readHandshake("{}")).hasToString("an accepted handshake");
    assertThat(HubMessage.readHandshake("{\"error\":\"no\"}"))
        .hasToString("a handshake refused: \"no\"");
    assertThatThrownBy(() -> HubMessage.readHandshake("{\"type\":6}"))
        .hasMessageContaining("before the handshake is answered");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "7 | expected a JSON object",
        "{} | a message without a type",
        "{`type`:3.5} | a message without a type",
        "{`type`:1,`target`:`a`} | an invocation has an array of arguments",
        "{`type`:1,`arguments`:[]} | `target` to be a string",
        "{`type`:2,`item`:1} | `invocationId` to be a string",
        "{`type`:3,`invocationId`:`1`,`result`:1,`error`:`e`} | both result and error",
        "{`type`:3,`invocationId`:`1`,`error`:{}} | `error` to be a string",
        "{`type`:7,`error`:1} | `error` to be a string",
        "{`type`:5,`invocationId`:`1`} | a message that only a client sends",
      })
  void whatBreaksTheProtocolIsNamed(String json, String why) {
    assertThatThrownBy(() -> HubMessage.read(json.replace('`', '"')))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why.replace('`', '"'));
  }

  @Provide
  Arbitrary<String> garbage() {
    return Garbage.near(
        "{\"type\":1,\"invocationId\":\"1\",\"target\":\"a\",\"arguments\":[42]}",
        "{\"type\":2,\"invocationId\":\"1\",\"item\":42}",
        "{\"type\":3,\"invocationId\":\"1\",\"error\":\"e\"}",
        "{\"type\":3,\"invocationId\":\"1\",\"result\":42}",
        "{\"type\":7,\"error\":\"e\",\"allowReconnect\":true}");
  }

  @Property(tries = 500)
  void garbageIsReadOrRefused(@ForAll("garbage") String text) {
    Garbage.readOrRefused(HubMessage::read, text);
  }

  @Property(tries = 200)
  void garbageIsAHandshakeOrRefused(@ForAll("garbage") String text) {
    Garbage.readOrRefused(HubMessage::readHandshake, text);
  }
}
