package dev.echosounder.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echosounder.peer.proxy.Fault;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The words for a fault. */
final class FaultTest {
  static List<String> forms() {
    return Fault.forms();
  }

  @ParameterizedTest
  @MethodSource("forms")
  void eachFormIsUnderstood(String form) {
    assertThat(Fault.parse(form)).isNotNull();
    assertThat(Fault.parse("  " + form.replace(" ", "  "))).isEqualTo(Fault.parse(form));
  }

  @ParameterizedTest
  @CsvSource({
    "drop frame 3 from server, drop frame 3 from the server",
    "drop frame 0 from the server, counted from 1",
    "throttle the server to 0 B/s, at least 1 B/s",
    "explode, stall pongs",
    "'', pass",
    "reset after 3 hours, reset after frame 3 from the server"
  })
  void whatIsNotUnderstoodIsAnsweredWithWhatWouldBe(String words, String hint) {
    assertThatThrownBy(() -> Fault.parse(words))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(hint);
  }
}
