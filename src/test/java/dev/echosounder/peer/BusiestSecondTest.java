package dev.echosounder.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BusiestSecondTest {
  private static long millis(long millis) {
    return Duration.ofMillis(millis).toNanos();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1_000_000_000_000L, Long.MIN_VALUE / 2, Long.MAX_VALUE / 2})
  void countsTheSecondWithTheMost(long start) {
    BusiestSecond busiest = new BusiestSecond();
    for (int i = 0; i < 500; i++) {
      busiest.count(start + millis(2L * i)); // 500 a second
    }
    for (int i = 0; i < 500; i++) {
      busiest.count(start + millis(5_000) + millis(i) / 2); // 500 in a quarter of a second
    }
    for (int i = 0; i < 500; i++) {
      busiest.count(start + millis(5_500 + i)); // and 500 in half of one, within the same second
    }
    assertThat(busiest.most()).isBetween(980L, 1_000L);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1_000_000_000_000L})
  void anEvenRateIsThatRate(long start) {
    BusiestSecond busiest = new BusiestSecond();
    for (int i = 0; i < 5_000; i++) {
      busiest.count(start + millis(2L * i));
    }
    assertThat(busiest.most()).isEqualTo(500);
  }
}
