package dev.echosounder.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.ws.Ending.Cause;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A cut after the learnt silence is an idle cut; a cut at another time is not. */
final class SilenceTest {
  @ParameterizedTest
  @CsvSource({
    "EOF, 60000, 60, IDLE_CUT",
    "RESET, 57000, 60, IDLE_CUT",
    "PEER_GOING_AWAY, 65900, 60, IDLE_CUT",
    "EOF, 1200, 1, IDLE_CUT",
    "EOF, 53000, 60, EOF",
    "RESET, 70000, 60, RESET",
    "PEER_NORMAL, 60000, 60, PEER_NORMAL",
    "CLOSED_BY_US, 60000, 60, CLOSED_BY_US",
    "EOF, 60000, , EOF"
  })
  void comparesTheSilenceWithTheLimit(Cause cause, long silentMs, Integer limitS, Cause expected) {
    Ending ending = new Ending(cause, 1006, "", false, "");
    Duration limit = limitS == null ? null : Duration.ofSeconds(limitS);
    assertThat(Silence.attribute(ending, silentMs * 1_000_000, limit).cause()).isEqualTo(expected);
  }
}
