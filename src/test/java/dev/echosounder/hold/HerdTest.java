package dev.echosounder.hold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.check.FakeTimer;
import dev.echosounder.check.Link;
import dev.echosounder.ws.Client;
import dev.echosounder.ws.Ending;
import dev.echosounder.ws.Listener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Ten thousand connections, all cut at once. */
final class HerdTest {
  private static final int HERD = 10_000;
  private static final int RATE = 500;

  private final FakeTimer timer = new FakeTimer();
  private final List<Long> dials = new ArrayList<>();
  private final FakeServer server = new FakeServer(timer);

  private Link dial(Listener listener) {
    dials.add(timer.nanos());
    return server.dial(listener);
  }

  @Test
  void comesBackWithinTheRateAndNobodyIsForgotten() {
    start();
    allOpen(0);
    timer.advance(Duration.ofMinutes(5));
    dials.clear();
    cut();
    allOpen(HERD);
    assertRate();
  }

  @Test
  void keepsTheRateWhenTheProcessStallsMeanwhile() {
    start();
    for (int stalls = 0; stalls < 10; stalls++) {
      timer.advance(Duration.ofMillis(700));
      timer.stall(Duration.ofMillis(800));
    }
    allOpen(0);
    assertRate();
  }

  @Test
  void startsAtTheFullRate() {
    start();
    timer.advance(Duration.ofSeconds(10));
    assertThat(dials.size()).isBetween(10 * RATE * 98 / 100, 10 * RATE);
  }

  @SuppressWarnings("NullAway") // the dialler is the fake server's
  private void start() {
    Client none = null;
    Random dice = new Random(1);
    Turnstile turnstile = new Turnstile(timer, RATE);
    Keeper.Shared shared = new Keeper.Shared(none, timer, turnstile, dice::nextDouble);
    Hold hold = new Hold(new Heartbeat.None(), BackOff.DEFAULT, null);
    Keeper.Settings settings =
        new Keeper.Settings(hold, Duration.ofSeconds(15), Duration.ofMinutes(10));
    for (int i = 0; i < HERD; i++) {
      new Keeper(this::dial, shared, settings, HoldListener.NONE).start();
    }
  }

  private void cut() {
    List.copyOf(server.links).forEach(link -> link.ends(Ending.Cause.RESET));
  }

  private void assertRate() {
    for (int i = RATE; i < dials.size(); i++) {
      assertThat(dials.get(i) - dials.get(i - RATE))
          .as("nanoseconds that %d attempts are apart", RATE)
          .isGreaterThanOrEqualTo(Duration.ofSeconds(1).toNanos());
    }
  }

  private void allOpen(int from) {
    timer.advance(Duration.ofSeconds(HERD / RATE + 2));
    assertThat(server.links).hasSize(from + HERD);
    server.links.subList(from, from + HERD).forEach(FakeServer.FakeLink::opens);
    assertThat(server.alive()).isEqualTo(HERD);
  }
}
