package dev.echosounder.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is offered, and which answers conform to it (RFC 7692 §7.1). */
final class DeflateTest {
  private static final String ALL =
      "permessage-deflate;client_no_context_takeover;server_no_context_takeover;"
          + "server_max_window_bits=10";

  @Test
  void theOfferNamesItsParameters() {
    assertThat(Deflate.ON.offer()).isEqualTo("permessage-deflate");
    assertThat(
            Deflate.parse(
                    "server_max_window_bits=10; client_no_context_takeover;"
                        + " server_no_context_takeover")
                .offer())
        .isEqualTo(ALL);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "client_max_window_bits     | the JDK's zlib always compresses with 15 bits",
        "client_max_window_bits=10  | the JDK's zlib always compresses with 15 bits",
        "server_max_window_bits=7   | expected 8 to 15 (RFC 7692 §7.1.2.1), got \"7\"",
        "server_max_window_bits     | got \"\"",
        "server_no_context_takeover; server_no_context_takeover | is given twice",
        "window                     | \"window\" is no parameter of permessage-deflate; known:",
      })
  void whatCannotBeOfferedIsSaid(String parameters, String message) {
    assertThatThrownBy(() -> Deflate.parse(parameters))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void parametersWithoutAnOfferAreAMistake() {
    assertThatThrownBy(() -> new Deflate(false, true, false, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Deflate.ON.withServerMaxWindowBits(16))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 16");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                  | permessage-deflate",
        "''                                  | permessage-deflate; client_no_context_takeover",
        "''                                  | permessage-deflate; server_max_window_bits=\"9\"",
        "server_max_window_bits=10           | permessage-deflate; server_max_window_bits=9",
        "client_no_context_takeover          | permessage-deflate",
      })
  void conformingAnswers(String offer, String answer) {
    assertThat(Deflate.parse(offer).faultOf(List.of(answer))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                         | client_max_window_bits=10   | was not offered",
        "''                         | something                   | is no parameter of it",
        "''                         | server_max_window_bits=16   | expected 8 to 15",
        "server_max_window_bits=10  | server_max_window_bits=11   | of at most 10",
        "server_max_window_bits=10  | client_no_context_takeover  | of at most 10",
        "server_no_context_takeover | client_no_context_takeover  | which was asked for",
      })
  void otherAnswersAreFaults(String offer, String answer, String fault) {
    assertThat(Deflate.parse(offer).faultOf(List.of("permessage-deflate; " + answer)))
        .get()
        .asString()
        .contains(fault);
  }

  @Test
  void whatWasNotOfferedIsAFault() {
    assertThat(Deflate.ON.faultOf(List.of("x-other"))).get().asString().contains("not offered");
    assertThat(Deflate.OFF.faultOf(List.of("permessage-deflate"))).isPresent();
    assertThat(Deflate.ON.faultOf(List.of("permessage-deflate", "permessage-deflate")))
        .get()
        .asString()
        .contains("more than once");
    assertThat(Deflate.OFF.faultOf(List.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"permessage-deflate; client_no_context_takeover", ALL})
  void theServerMayAskUsToForgetUnasked(String answer) {
    assertThat(Deflate.ON.agreement(List.of(answer)).resetOurs()).isTrue();
    assertThat(Deflate.ON.agreement(List.of("permessage-deflate")).resetOurs()).isFalse();
  }
}
