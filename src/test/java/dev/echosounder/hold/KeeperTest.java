package dev.echosounder.hold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.check.Expectation;
import dev.echosounder.check.FakeTimer;
import dev.echosounder.check.Payload;
import dev.echosounder.ws.Client;
import dev.echosounder.ws.ConnectFailure;
import dev.echosounder.ws.Ending;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class KeeperTest {
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(4);
  private static final BackOff BACK_OFF =
      new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(8), Duration.ofSeconds(60));

  private static final List<Ending.Cause> CAUSES = List.of(Ending.Cause.values());

  private FakeTimer timer = new FakeTimer();
  private FakeServer server = new FakeServer(timer);
  private Diary diary = new Diary();
  private double random = 0.5;

  private Keeper keeper(Heartbeat heartbeat, @Nullable Duration lifetime) {
    return keeper(new Hold(heartbeat, BACK_OFF, lifetime), new Turnstile(timer, 1_000));
  }

  @SuppressWarnings("NullAway") // the dialler is the fake server's
  private Keeper keeper(Hold hold, Turnstile turnstile) {
    Client none = null;
    diary = new Diary();
    Keeper keeper =
        new Keeper(
            server::dial,
            new Keeper.Shared(none, timer, turnstile, () -> random),
            new Keeper.Settings(hold, EVERY, PATIENCE),
            diary);
    keeper.start();
    timer.advance(Duration.ofMillis(1));
    return keeper;
  }

  @Test
  void beatsAtAFixedRateAndMeasuresEachAnswer() {
    keeper(new Heartbeat.Ping(), null);
    server.last().opens();
    timer.advance(Duration.ofSeconds(5));
    timer.advance(Duration.ofMillis(20));
    server.last().pongs("echosounder 1");
    timer.advance(Duration.ofSeconds(10));
    server.last().pongs("echosounder 2");
    assertThat(diary.lines)
        .containsExactly(
            "attempt",
            "opened",
            "sent ping",
            "received pong",
            "heartbeat 20 ms",
            "sent ping",
            "received pong",
            "heartbeat 20 ms");
    assertThat(server.links).hasSize(1);
  }

  @Test
  void aMessageThatIsNotTheAnswerIsLetPass() {
    keeper(
        new Heartbeat.Exchange(Payload.text("2"), new Expectation.Exactly(Payload.text("3"))),
        null);
    server.last().opens();
    timer.advance(Duration.ofSeconds(5));
    server.last().says("news");
    server.last().pongs("echosounder 1");
    timer.advance(Duration.ofSeconds(1));
    server.last().says("3");
    server.last().says("3");
    assertThat(diary.lines).endsWith("received text", "heartbeat 1000 ms", "received text");
    assertThat(server.last().asked).containsExactly("send text, 1 bytes \"2\"");
  }

  @Test
  void anAnswerThatDoesNotComeIsALivenessTimeoutAndPongsToOtherPingsDoNotHelp() {
    keeper(new Heartbeat.Ping(), null);
    server.last().opens();
    timer.advance(Duration.ofSeconds(6));
    server.last().pongs("echosounder 0");
    timer.advance(Duration.ofMillis(2_999));
    assertThat(server.last().asked).containsExactly("ping echosounder 1");
    timer.advance(Duration.ofMillis(2));
    assertThat(server.last().asked)
        .endsWith("abort liveness_timeout heartbeat 1 was not answered within 4000 ms");
    server.last().ends(Ending.Cause.LIVENESS_TIMEOUT);
    assertThat(diary.lines)
        .endsWith("liveness_timeout, aged 9001 ms, sent 4001 ms ago, received 3001 ms ago");
  }

  @Test
  void whatAConnectionThatIsOverStillSaysIsNoAnswerOnTheNext() {
    keeper(new Heartbeat.Ping(), null);
    FakeServer.FakeLink first = server.last();
    first.opens();
    first.ends(Ending.Cause.RESET);
    timer.advance(Duration.ofMillis(500));
    server.last().opens();
    timer.advance(Duration.ofSeconds(5));
    first.pongs("echosounder 1");
    assertThat(diary.lines).endsWith("sent ping");
  }

  @Test
  void withoutAHeartbeatNothingIsSent() {
    keeper(new Heartbeat.None(), null);
    server.last().opens();
    timer.advance(Duration.ofDays(1));
    assertThat(server.last().asked).isEmpty();
    assertThat(diary.lines).containsExactly("attempt", "opened");
    assertThat(timer.pending()).isZero();
  }

  @Test
  void aDropIsReplacedAfterAJitteredBackOffThatDoublesToItsLimitAndStartsAnewOnceStable() {
    keeper(new Heartbeat.None(), null);
    server.last().opens();
    int[] waits = {500, 1_000, 2_000, 4_000, 4_000};
    for (int wait : waits) {
      server.last().ends(Ending.Cause.RESET);
      timer.advance(Duration.ofMillis(wait - 1));
      assertThat(server.alive()).isZero();
      timer.advance(Duration.ofMillis(1));
      assertThat(server.alive()).isOne();
      server.last().opens();
      assertThat(diary.lines).endsWith("recovered after " + wait + " ms");
    }
    timer.advance(BACK_OFF.stable());
    server.last().ends(Ending.Cause.EOF);
    timer.advance(Duration.ofMillis(500));
    assertThat(server.alive()).isOne();
  }

  @Test
  void refusalsCountForTheBackOffAndRecoveryIsMeasuredFromTheDrop() {
    keeper(new Heartbeat.None(), null);
    server.last().opens();
    server.last().ends(Ending.Cause.PEER_GOING_AWAY);
    timer.advance(Duration.ofMillis(500));
    server.last().refuses(ConnectFailure.Cause.REFUSED);
    timer.advance(Duration.ofSeconds(1));
    server.last().opens();
    assertThat(diary.lines)
        .endsWith(
            "attempt",
            "refused by refused at start",
            "attempt",
            "opened",
            "recovered after 1500 ms");
  }

  @Test
  void anAttemptThatTakesTooLongIsGivenUp() {
    keeper(new Heartbeat.Ping(), null);
    timer.advance(PATIENCE);
    assertThat(server.last().asked)
        .containsExactly("abort liveness_timeout not open within 4000 ms");
    server.last().refuses(ConnectFailure.Cause.UPGRADE_TIMEOUT);
    timer.advance(Duration.ofMillis(500));
    assertThat(server.links).hasSize(2);
  }

  @Test
  void aPlannedReopeningIsNoDropAndWaitsForNobody() {
    keeper(new Heartbeat.Ping(), Duration.ofMinutes(30));
    server.last().opens();
    for (int beat = 1; beat <= 180; beat++) {
      timer.advance(Duration.ofSeconds(5));
      server.last().pongs("echosounder " + beat);
      timer.advance(Duration.ofSeconds(5));
    }
    assertThat(server.last().asked).endsWith("close 1000");
    server.last().ends(Ending.Cause.CLOSED_BY_US);
    timer.advance(Duration.ZERO);
    server.last().opens();
    assertThat(diary.lines).endsWith("attempt", "opened");
    assertThat(server.links).hasSize(2);
    assertThat(diary.drops).isZero();
    assertThat(diary.recovered).isZero();
  }

  @Test
  void stopsInEveryStateAndOpensNoOther() {
    Keeper waiting = keeper(new Heartbeat.Ping(), null);
    server.last().refuses(ConnectFailure.Cause.REFUSED);
    assertStops(waiting, 1, () -> {});
    Keeper connecting = keeper(new Heartbeat.Ping(), null);
    assertStops(connecting, 2, () -> server.last().refuses(ConnectFailure.Cause.LOCAL_ERROR));
    assertThat(server.last().asked).containsExactly("abort local_error it is no longer wanted");
    Keeper halfOpen = keeper(new Heartbeat.Ping(), null);
    server.last().upgrades();
    assertStops(
        halfOpen,
        3,
        () -> {
          server.last().ready();
          assertThat(server.last().asked).containsExactly("close 1001 too early", "close 1001");
          server.last().ends(Ending.Cause.CLOSED_BY_US);
        });
    Keeper open = keeper(new Heartbeat.Ping(), null);
    server.last().opens();
    assertStops(open, 4, () -> server.last().ends(Ending.Cause.CLOSED_BY_US));
    assertThat(server.last().asked).containsExactly("close 1001");
    Keeper closing = keeper(new Heartbeat.None(), Duration.ofSeconds(1));
    server.last().opens();
    timer.advance(Duration.ofSeconds(1));
    assertStops(closing, 5, () -> server.last().ends(Ending.Cause.CLOSED_BY_US));
    assertThat(server.last().asked).containsExactly("close 1000");
    assertThat(timer.pending()).isZero();
  }

  private void assertStops(Keeper keeper, int links, Runnable end) {
    CompletableFuture<Void> stopped = keeper.stop(1001);
    end.run();
    assertThat(stopped).isCompleted();
    timer.advance(Duration.ofDays(1));
    assertThat(server.links).hasSize(links);
    assertThat(diary.lines).doesNotContain(Diary.OUT_OF_ORDER);
  }

  /** Whatever happens in whatever order: {@link Diary} knows what can't be. */
  @Property(tries = 2_000)
  void atMostOneConnectionAndExactlyOneEndEach(@ForAll long seed) {
    timer = new FakeTimer();
    server = new FakeServer(timer);
    Random dice = new Random(seed);
    Duration lifetime = dice.nextBoolean() ? Duration.ofSeconds(30) : null;
    Keeper keeper = keeper(new Heartbeat.Ping(), lifetime);
    for (int i = 0; i < 60; i++) {
      random = dice.nextDouble();
      happen(dice, server.last());
      assertThat(server.alive()).isLessThanOrEqualTo(1);
    }
    CompletableFuture<Void> stopped = keeper.stop(1001);
    FakeServer.FakeLink last = server.last();
    if (!stopped.isDone() && last.upgraded) {
      last.ends(CAUSES.get(dice.nextInt(CAUSES.size())));
    } else if (!stopped.isDone()) {
      last.refuses(ConnectFailure.Cause.LOCAL_ERROR);
    }
    assertThat(stopped).isCompleted();
    int connections = server.links.size();
    timer.advance(Duration.ofDays(1));
    assertThat(server.links).hasSize(connections);
    assertThat(diary.lines).doesNotContain(Diary.OUT_OF_ORDER);
    assertThat(diary.attempts).isEqualTo(connections);
    assertThat(diary.opened).isEqualTo(diary.ended);
    assertThat(diary.attempts - diary.opened - diary.refused).isBetween(0, 1);
    assertThat(diary.recovered).isLessThanOrEqualTo(diary.drops);
    assertThat(timer.pending()).isZero();
  }

  private void happen(Random dice, FakeServer.FakeLink link) {
    switch (dice.nextInt(6)) {
      case 0 -> timer.advance(Duration.ofMillis(dice.nextInt(12_000)));
      case 1 -> {
        if (link.upgraded) {
          link.pongs("echosounder " + (1 + dice.nextInt(3)));
        }
      }
      case 2, 3 -> {
        if (!link.over && !link.upgraded && dice.nextInt(4) > 0) {
          link.upgrades();
        } else if (!link.over && !link.upgraded) {
          link.refuses(ConnectFailure.Cause.REFUSED);
        }
      }
      case 4 -> {
        if (link.upgraded && !link.over) {
          link.ready();
        }
      }
      default -> {
        if (link.upgraded && dice.nextInt(3) == 0) {
          link.ends(CAUSES.get(dice.nextInt(CAUSES.size())));
        }
      }
    }
  }
}
