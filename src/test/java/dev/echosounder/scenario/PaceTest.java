package dev.echosounder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** On a clock of its own: nothing here takes time. */
final class PaceTest {
  private static final Duration ROUND_TRIP = Duration.ofMillis(1);
  private static final Duration STALL = Duration.ofSeconds(1);

  @Test
  void aStallIsHiddenFromTheActualSendsAndSeenFromTheIntendedOnes() throws InterruptedException {
    FakeClock clock = new FakeClock();
    List<Long> sent = new ArrayList<>();
    List<Long> answered = new ArrayList<>();
    List<Long> intended =
        Pace.run(
            500,
            100,
            clock,
            i -> {
              sent.add(clock.nanos());
              clock.pass(i == 100 ? STALL : ROUND_TRIP);
              answered.add(clock.nanos());
            });
    Latencies naive = Latencies.of("naive", between(sent, answered));
    Latencies ours = Latencies.of("ours", between(intended, answered));
    assertThat(naive.at(99)).isLessThan(Duration.ofMillis(2));
    assertThat(ours.at(99)).isBetween(Duration.ofMillis(900), STALL);
    assertThat(ours.at(90)).isGreaterThan(Duration.ofMillis(400));
    assertThatThrownBy(() -> ours.atMost(99, Duration.ofMillis(100)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("ours: percentile 99 at most 100 ms")
        .hasMessageContaining("of 500, from the intended sends");
  }

  @Test
  void catchesUpWithoutMovingWhatIsStillDue() throws InterruptedException {
    FakeClock clock = new FakeClock();
    List<Long> intended = Pace.run(4, 10, clock, i -> clock.pass(i == 0 ? STALL : Duration.ZERO));
    assertThat(intended).containsExactly(0L, 100_000_000L, 200_000_000L, 300_000_000L);
    assertThat(clock.nanos()).isEqualTo(STALL.toNanos());
  }

  @Test
  void isNoLoadGenerator() {
    assertThatThrownBy(() -> Pace.run(1, 10_001, new FakeClock(), i -> {}))
        .hasMessageContaining("10001 messages per second")
        .hasMessageContaining("1 to 10000");
    assertThatThrownBy(() -> Crowd.connect(1_001)).hasMessageContaining("1001 clients");
  }

  private static List<Duration> between(List<Long> from, List<Long> to) {
    List<Duration> all = new ArrayList<>();
    for (int i = 0; i < from.size(); i++) {
      all.add(Duration.ofNanos(to.get(i) - from.get(i)));
    }
    return all;
  }

  private static final class FakeClock implements Pace.Clock {
    private long now;

    void pass(Duration time) {
      now += time.toNanos();
    }

    @Override
    public long nanos() {
      return now;
    }

    @Override
    public void sleepUntil(long instant) {
      now = Math.max(now, instant);
    }
  }
}
