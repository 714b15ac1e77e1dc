package dev.echosounder.subprotocol.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echosounder.subprotocol.Garbage;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The messages of graphql-transport-ws, and what breaks it. */
final class GraphQlMessageTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{`type`:`connection_ack`,`payload`:{}} | connection_ack",
        "{`type`:`next`,`id`:`1`,`payload`:{`data`:{}}} | next {`data`:{}} of operation 1",
        "{`type`:`error`,`id`:`1`,`payload`:[{`message`:`m`}]}"
            + " | error [{`message`:`m`}] of operation 1",
        "{`type`:`complete`,`id`:`1`} | complete of operation 1",
      })
  void messagesReadAs(String json, String expected) {
    assertThat(GraphQlMessage.read(json.replace('`', '"'))).hasToString(expected.replace('`', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "nonsense | not JSON",
        "{} | `type` to be a string",
        "{`type`:`data`} | a message of the type `data`",
        "{`type`:`next`,`payload`:{}} | `id` to be a string",
        "{`type`:`next`,`id`:`1`} | a message without payload",
        "{`type`:`next`,`id`:`1`,`payload`:[]} | expected a JSON object",
        "{`type`:`error`,`id`:`1`,`payload`:[]} | the payload of an error is a list of errors",
      })
  void whatBreaksTheProtocolIsNamed(String json, String why) {
    assertThatThrownBy(() -> GraphQlMessage.read(json.replace('`', '"')))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why.replace('`', '"'));
  }

  @Provide
  Arbitrary<String> garbage() {
    return Garbage.near(
        "{\"type\":\"next\",\"id\":\"1\",\"payload\":{\"data\":{\"a\":1}}}",
        "{\"type\":\"error\",\"id\":\"1\",\"payload\":[{\"message\":\"m\"}]}",
        "{\"type\":\"complete\",\"id\":\"1\"}",
        "{\"type\":\"ping\",\"payload\":{}}");
  }

  @Property(tries = 500)
  void garbageIsReadOrRefused(@ForAll("garbage") String text) {
    Garbage.readOrRefused(GraphQlMessage::read, text);
  }

  @Property(tries = 200)
  void garbageIsNoPingUnlessItReadsAsOne(@ForAll("garbage") String text) {
    if (GraphQlMessage.isPing(text)) {
      assertThat(GraphQlMessage.read(text)).isEqualTo(new GraphQlMessage.Ping());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{`type`:`ping`} | true",
        "{`payload`:{`ping`:1},`type`:`ping`} | true",
        "{`type`:`pong`} | false",
        "{`type`:`next`,`id`:`1`,`payload`:{`data`:{`type`:`ping`}}} | false",
        "{`type`:`ping` | false",
      })
  void pingsAreTold(String json, boolean expected) {
    assertThat(GraphQlMessage.isPing(json.replace('`', '"'))).isEqualTo(expected);
  }
}
