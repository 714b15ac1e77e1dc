package dev.echosounder.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echosounder.ws.ConnectFailure;
import dev.echosounder.ws.Ending;
import dev.echosounder.ws.Phase;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What every kind decides, against a scripted connection and time that stands still. */
final class RunTest {
  private static final Duration DEADLINE = Duration.ofMillis(300);
  private static final Echo HELLO = Echo.of(Payload.text("Hello"));

  private final FakeTimer timer = new FakeTimer();

  private final class Case {
    final ScriptedLink link;
    final CompletableFuture<Outcome> outcome;

    Case(Script script) {
      Run run = new Run(script, List.of(), DEADLINE, timer);
      link = new ScriptedLink(timer, run);
      outcome = run.start(() -> link);
    }

    Outcome.Failed failed() {
      return (Outcome.Failed) outcome.join();
    }

    Outcome.Passed passed() {
      return (Outcome.Passed) outcome.join();
    }
  }

  private void pass(int millis) {
    timer.advance(Duration.ofMillis(millis));
  }

  @Test
  void handshakePassesOnceTheCloseIsClean() {
    Case run = new Case(new Handshake().script());
    pass(3);
    run.link.opens();
    run.link.says("a greeting nobody asked for");
    assertThat(run.outcome).isNotDone();
    pass(2);
    run.link.closesCleanly();
    assertThat(run.passed().evidence().took()).isEqualTo(Duration.ofMillis(5));
    assertThat(run.link.asked).containsExactly("close 1000");
    assertThat(timer.pending()).as("timers left behind").isZero();
  }

  @Test
  void handshakeFailsWhenThePeerDoesNotAnswerTheClose() {
    Case run = new Case(new Handshake().script());
    run.link.opens();
    run.link.ends(Ending.Cause.CLOSED_BY_US, 1006, false);
    assertThat(run.failed().cause()).isEqualTo("unclean_close");
    assertThat(run.failed().stage()).isEqualTo(Stage.CLOSE);
  }

  @Test
  void peerClosingAtTheSameMomentAsWeIsFine() {
    Case run = new Case(new Handshake().script());
    run.link.opens();
    run.link.ends(Ending.Cause.PEER_GOING_AWAY, 1001, true);
    run.passed();
  }

  @Test
  void refusalIsTheCauseWithTheStageItCameAt() {
    Case run = new Case(HELLO.script());
    run.link.reachesUpgrade();
    run.link.refuses(ConnectFailure.Cause.HTTP_STATUS, "expected 101, got 401");
    assertThat(run.failed().cause()).isEqualTo("http_status");
    assertThat(run.failed().stage()).isEqualTo(Stage.UPGRADE);
    assertThat(run.failed().detail()).isEqualTo("expected 101, got 401");
    assertThat(timer.pending()).isZero();
  }

  @Test
  void offeredSubprotocolMustBeChosen() {
    Run run = new Run(new Handshake().script(), List.of("mqtt"), DEADLINE, timer);
    ScriptedLink link = new ScriptedLink(timer, run);
    CompletableFuture<Outcome> outcome = run.start(() -> link);
    link.opens();
    assertThat(link.asked).containsExactly("close 1000");
    link.closesCleanly();
    Outcome.Failed failed = (Outcome.Failed) outcome.join();
    assertThat(failed.cause()).isEqualTo("subprotocol");
    assertThat(failed.stage()).isEqualTo(Stage.UPGRADE);
  }

  @Test
  void echoMeasuresFromTheSentFrameToTheMessage() {
    Case run = new Case(HELLO.script());
    run.link.opens();
    pass(4);
    run.link.says("Hello");
    pass(1);
    run.link.closesCleanly();
    assertThat(run.passed().evidence().roundTrips()).containsExactly(Duration.ofMillis(4));
    assertThat(run.passed().evidence().phases()).containsKey(Phase.UPGRADE);
  }

  @Test
  void echoIsSentAgainOnlyAfterItsAnswer() {
    Payload payload = Payload.text("a");
    Case run = new Case(new Echo(payload, new Expectation.Exactly(payload), 2, 0).script());
    run.link.opens();
    assertThat(run.link.asked).containsExactly("send text, 1 bytes \"a\"");
    run.link.says("a");
    pass(7);
    run.link.says("a");
    run.link.closesCleanly();
    assertThat(run.passed().evidence().roundTrips())
        .containsExactly(Duration.ZERO, Duration.ofMillis(7));
  }

  @Test
  void greetingIsAwaitedBeforeAnythingIsSent() {
    Payload payload = Payload.text("a");
    Case run = new Case(new Echo(payload, new Expectation.Exactly(payload), 1, 1).script());
    run.link.opens();
    assertThat(run.link.asked).isEmpty();
    run.link.says("welcome");
    run.link.says("a");
    run.link.closesCleanly();
    run.passed();
  }

  @Test
  void missingGreetingIsNamedAtTheDeadline() {
    Payload payload = Payload.text("a");
    Case run = new Case(new Echo(payload, new Expectation.Exactly(payload), 1, 1).script());
    run.link.opens();
    pass(300);
    run.link.ends(Ending.Cause.LIVENESS_TIMEOUT, 1006, false);
    assertThat(run.failed().stage()).isEqualTo(Stage.GREETING);
  }

  @Test
  void anotherMessageFailsAndStillClosesCleanly() {
    Case run = new Case(HELLO.script());
    run.link.opens();
    run.link.says("Hullo");
    assertThat(run.link.asked).last().isEqualTo("close 1000");
    run.link.says("Hello");
    run.link.closesCleanly();
    assertThat(run.failed().cause()).isEqualTo("unexpected_message");
    assertThat(run.failed().detail())
        .isEqualTo("expected text, 5 bytes \"Hello\", got text, 5 bytes \"Hullo\"");
  }

  @Test
  void regexAndPrefixMatchTextOnly() {
    Expectation regex = new Expectation.Matching(Pattern.compile("^H.*o$"));
    assertThat(regex.matches(Payload.text("Hello"))).isTrue();
    assertThat(regex.matches(Payload.text("Help"))).isFalse();
    assertThat(regex.matches(Payload.binary(Payload.text("Hello").bytes()))).isFalse();
    Expectation prefix = new Expectation.StartingWith("echo: ");
    assertThat(prefix.matches(Payload.text("echo: Hello"))).isTrue();
    assertThat(prefix.matches(Payload.text("Hello"))).isFalse();
  }

  @Test
  void silenceAfterTheUpgradeIsATimeoutAtTheEcho() {
    Case run = new Case(HELLO.script());
    run.link.opens();
    pass(299);
    assertThat(run.link.asked).doesNotContain("abort liveness_timeout");
    pass(1);
    assertThat(run.link.asked).last().isEqualTo("abort liveness_timeout");
    run.link.ends(Ending.Cause.LIVENESS_TIMEOUT, 1006, false);
    assertThat(run.failed().cause()).isEqualTo("timeout");
    assertThat(run.failed().stage()).isEqualTo(Stage.ECHO);
    assertThat(run.failed().detail()).isEqualTo("the echo did not come within 300 ms");
    assertThat(timer.pending()).isZero();
  }

  @Test
  void silenceBeforeTheUpgradeIsNamedAfterItsStage() {
    Case upgrade = new Case(HELLO.script());
    upgrade.link.reachesUpgrade();
    pass(300);
    upgrade.link.refuses(ConnectFailure.Cause.LOCAL_ERROR, "given up");
    assertThat(upgrade.failed().cause()).isEqualTo("upgrade_timeout");
    assertThat(upgrade.failed().stage()).isEqualTo(Stage.UPGRADE);

    Case start = new Case(HELLO.script());
    pass(300);
    start.link.refuses(ConnectFailure.Cause.LOCAL_ERROR, "given up");
    assertThat(start.failed().cause()).isEqualTo("connect_timeout");
  }

  @Test
  void deadlineCoversTheCloseToo() {
    Case run = new Case(new Handshake().script());
    run.link.opens();
    pass(300);
    assertThat(run.link.asked).containsExactly("close 1000", "abort liveness_timeout");
    run.link.ends(Ending.Cause.CLOSED_BY_US, 1006, false);
    assertThat(run.failed().cause()).isEqualTo("timeout");
    assertThat(run.failed().stage()).isEqualTo(Stage.CLOSE);
  }

  @Test
  void aConnectionThatNeverTellsItsEndDoesNotHoldTheRun() {
    Case run = new Case(HELLO.script());
    run.link.opens();
    pass(300);
    assertThat(run.outcome).isNotDone();
    timer.advance(Run.GRACE);
    assertThat(run.failed().cause()).isEqualTo("timeout");
  }

  @Test
  void whatComesAfterTheDeadlineChangesNothing() {
    Case run = new Case(HELLO.script());
    run.link.opens();
    pass(300);
    run.link.says("Hello");
    run.link.closesCleanly();
    run.link.says("Hello");
    assertThat(run.failed().cause()).isEqualTo("timeout");
  }

  @Test
  void openingAfterTheDeadlineSendsNothing() {
    Case run = new Case(HELLO.script());
    pass(300);
    run.link.opens();
    assertThat(run.link.asked).containsExactly("abort liveness_timeout", "close 1000");
    timer.advance(Run.GRACE);
    assertThat(run.failed().cause()).isEqualTo("connect_timeout");
  }

  @Test
  void deadlineWhileClosingAfterAFailureKeepsTheFirstFailure() {
    Case run = new Case(HELLO.script());
    run.link.opens();
    run.link.says("Hullo");
    pass(300);
    timer.advance(Run.GRACE);
    assertThat(run.failed().cause()).isEqualTo("unexpected_message");
    assertThat(run.failed().stage()).isEqualTo(Stage.ECHO);
  }

  @Test
  void dropBeforeTheAnswerCarriesItsOwnCauseNotTheWritesError() {
    Case run = new Case(HELLO.script());
    run.link.sending = CompletableFuture.failedFuture(new IOException("Broken pipe"));
    run.link.opens();
    assertThat(run.outcome).isNotDone();
    run.link.ends(Ending.Cause.PEER_ERROR, 1009, true);
    assertThat(run.failed().cause()).isEqualTo("peer_error");
    assertThat(run.failed().detail())
        .contains("before the echo arrived", "1009 message too big", "Broken pipe");
  }

  @Test
  void writeIntoAClosedConnectionIsToldWithoutTheNameOfAnException() {
    Case run = new Case(HELLO.script());
    run.link.sending = CompletableFuture.failedFuture(new ClosedChannelException());
    run.link.opens();
    run.link.ends(Ending.Cause.RESET, 1006, false);
    assertThat(run.failed().detail())
        .endsWith("sending failed: the connection was closed")
        .doesNotContain("Exception");
  }

  @Test
  void pongMustCarryTheSameData() {
    Case run = new Case(new Ping(2).script());
    run.link.opens();
    run.link.pongs("unsolicited");
    run.link.says("not a pong");
    pass(2);
    run.link.pongs("echosounder 1");
    run.link.pongs("echosounder 1");
    pass(3);
    run.link.pongs("echosounder 2");
    run.link.closesCleanly();
    assertThat(run.passed().evidence().roundTrips())
        .containsExactly(Duration.ofMillis(2), Duration.ofMillis(3));
  }

  @Test
  void eventsDuringTheDialWaitForTheLink() {
    Run run = new Run(new Handshake().script(), List.of(), DEADLINE, timer);
    ScriptedLink link = new ScriptedLink(timer, run);
    CompletableFuture<Outcome> outcome =
        run.start(
            () -> {
              link.opens();
              link.closesCleanly();
              return link;
            });
    assertThat(outcome.join()).isInstanceOf(Outcome.Passed.class);
    assertThat(timer.pending()).isZero();
  }

  @Test
  void unusableOptionsAreThrownAtTheCaller() {
    Run run = new Run(new Handshake().script(), List.of(), DEADLINE, timer);
    assertThatThrownBy(
            () ->
                run.start(
                    () -> {
                      throw new IllegalArgumentException("no such file: ca.pem");
                    }))
        .hasMessage("no such file: ca.pem");
  }

  @Test
  void causesAreTheUnionOfTheThreeClosedSets() {
    assertThat(Outcome.causes())
        .contains("dns", "reset", "timeout", "unexpected_message", "unclean_close")
        .hasSize(33);
  }
}
