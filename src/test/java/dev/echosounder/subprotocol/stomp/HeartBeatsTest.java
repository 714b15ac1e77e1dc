package dev.echosounder.subprotocol.stomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What two sides agree on by their headers. */
final class HeartBeatsTest {
  @ParameterizedTest
  @CsvSource({
    "'100,100', '100,100', 100, 100",
    "'100,0', '50,200', 200, 0",
    "'0,300', '100,100', 0, 300",
    "'100,100', '0,0', 0, 0",
    "'0,0', '100,100', 0, 0",
  })
  void theSlowerOfBothHolds(String ours, String theirs, int weSend, int theySend) {
    HeartBeats we = HeartBeats.of(ours);
    HeartBeats they = HeartBeats.of(theirs);
    assertThat(we.to(they)).isEqualTo(Duration.ofMillis(weSend));
    assertThat(they.to(we)).isEqualTo(Duration.ofMillis(theySend));
    assertThat(HeartBeats.of(we.header())).isEqualTo(we);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "1,", "1,2,3", "-1,2", "a,b", "1 ,2", "12345678901,1"})
  void anythingElseIsNamed(String header) {
    assertThatThrownBy(() -> HeartBeats.of(header))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two counts of milliseconds");
  }
}
