package dev.echosounder.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.web.Status;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class DropsTest {
  private static final Instant NOW = Instant.parse("2026-05-04T14:03:22Z");

  private final Drops drops = new Drops();

  private static Status.Drop drop(String cause, long run) {
    return new Status.Drop(NOW, cause, 1006, Duration.ofSeconds(9), Duration.ZERO, null, run);
  }

  @Test
  void recoveryIsToldWithTheNewestDrop() {
    drops.recovered(Duration.ofSeconds(3));
    drops.add(drop("eof", 1));
    drops.add(drop("reset", 2));
    drops.recovered(Duration.ofMillis(300));
    Status.Held held = drops.status(true, NOW, null);
    assertThat(held.newest())
        .extracting(Status.Drop::recovery)
        .containsExactly(null, Duration.ofMillis(300));
    assertThat(held.lastCause()).isEqualTo("reset");
  }

  @Test
  void allAreCountedAndTheNewestKept() {
    for (int run = 1; run <= 100; run++) {
      drops.add(drop(run % 4 == 0 ? "reset" : "eof", run));
    }
    Status.Held held = drops.status(false, NOW, null);
    assertThat(held.count()).isEqualTo(100);
    assertThat(held.drops()).containsEntry("eof", 75L).containsEntry("reset", 25L);
    assertThat(held.newest())
        .hasSize(Drops.NEWEST)
        .extracting(Status.Drop::run)
        .startsWith(81L)
        .endsWith(100L);
  }
}
