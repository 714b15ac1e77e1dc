package dev.echosounder.schedule;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PauseMeterTest {
  private final FakeTime time = new FakeTime();
  private final List<Duration> pauses = new ArrayList<>();

  @Test
  void tellsOfPausesOnly() {
    try (PauseMeter meter = PauseMeter.start(time, pauses::add)) {
      time.advance(ofSeconds(1));
      time.stall(ofMillis(15));
      assertThat(pauses).isEmpty();
      time.advance(ofMillis(100));
      time.stall(ofMillis(250));
      time.advance(ofSeconds(1));
      assertThat(pauses).hasSize(1);
      assertThat(pauses.get(0)).isBetween(ofMillis(240), ofMillis(250));
      assertThat(meter).isNotNull();
    }
  }

  @Test
  void aSuspendedMachineIsOnePause() {
    try (PauseMeter meter = PauseMeter.start(time, pauses::add)) {
      time.stall(ofDays(2));
      assertThat(pauses).containsExactly(ofDays(2).minus(PauseMeter.PERIOD));
      assertThat(meter).isNotNull();
    }
  }

  @Test
  void closedTellsNothingAndLeavesNoCall() {
    PauseMeter meter = PauseMeter.start(time, pauses::add);
    assertThat(time.pending()).isEqualTo(1);
    meter.close();
    assertThat(time.pending()).isZero();
    time.stall(ofSeconds(1));
    assertThat(pauses).isEmpty();
    assertThat(time.pending()).isZero();
  }
}
