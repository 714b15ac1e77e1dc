package dev.echosounder.check;

import static dev.echosounder.check.IdleFinding.Effect.DOES_NOT;
import static dev.echosounder.check.IdleFinding.Effect.KEEPS_ALIVE;
import static dev.echosounder.check.IdleFinding.Effect.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echosounder.check.IdleFinding.Nature;
import dev.echosounder.ws.ConnectFailure;
import dev.echosounder.ws.Ending;
import dev.echosounder.ws.Opcode;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is concluded about every sort of server, in time that the test moves. */
final class IdleTest {
  private static final Duration DEADLINE = Duration.ofMinutes(4);

  private final FakeTimer timer = new FakeTimer();
  private final IdleServer server = new IdleServer(timer);
  private Idle check = new Idle(null, null);

  private static Duration seconds(double seconds) {
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }

  private CompletableFuture<Outcome> start(List<String> subprotocols) {
    return new IdleRun(check, subprotocols, DEADLINE, timer).start(server::accept);
  }

  private Outcome run() {
    CompletableFuture<Outcome> outcome = start(List.of());
    for (int i = 0; i < 2_500 && !outcome.isDone(); i++) {
      timer.advance(Duration.ofMillis(100));
    }
    Outcome ended = ended(outcome);
    assertThat(timer.pending()).as("timers left behind").isZero();
    return ended;
  }

  /** Nothing else would end it: time stands still. */
  private static Outcome ended(CompletableFuture<Outcome> outcome) {
    assertThat(outcome).isDone();
    return outcome.join();
  }

  private IdleFinding finding() {
    Outcome outcome = run();
    assertThat(outcome).isInstanceOf(Outcome.Passed.class);
    IdleFinding finding = ((Outcome.Passed) outcome).evidence().idle();
    assertThat(finding).isNotNull();
    return finding;
  }

  private Outcome.Failed failed() {
    return (Outcome.Failed) run();
  }

  /** Whatever the other side did not end, we did, with a close frame. */
  private void assertAllClosed() {
    assertThat(server.lines)
        .allSatisfy(
            line -> {
              boolean ours = line.asked.contains("close 1000");
              assertThat(ours || line.line.cut()).isTrue();
              assertThat(line.asked).doesNotContain("abort");
            });
  }

  @Test
  void proxyThatCountsEveryFrame() {
    server.idle = seconds(60);
    check = new Idle(null, "beat");
    IdleFinding finding = finding();
    assertThat(finding.nature()).isEqualTo(Nature.SILENCE);
    assertThat(finding.limit()).contains(seconds(60));
    assertThat(finding.survived()).isBetween(seconds(54), seconds(54.1));
    assertThat(finding.by()).isEqualTo(Ending.Cause.EOF);
    assertThat(List.of(finding.ping(), finding.pong(), finding.data())).containsOnly(KEEPS_ALIVE);
    assertThat(finding.heartbeat()).contains(seconds(25));
    assertThat(finding.sentence())
        .isEqualTo(
            "cut by eof after 60 s of silence (between 54 s and 60 s); pings keep it alive, pongs"
                + " keep it alive, messages keep it alive; suggested heartbeat: a ping every 25 s");
    assertThat(server.lines).hasSize(5);
    assertAllClosed();
  }

  @Test
  void hardlyAnythingIsSent() {
    server.idle = seconds(60);
    finding();
    assertThat(server.lines).hasSize(4).allSatisfy(l -> assertThat(l.asked).hasSizeLessThan(25));
    assertThat(timer.nanos()).isLessThan(seconds(2.3 * 60).toNanos());
  }

  @Test
  void limitFarBelowThePatienceIsFoundInAFewOfItsLengths() {
    server.idle = seconds(0.5);
    assertThat(finding().limit()).contains(seconds(0.5));
    assertThat(timer.nanos()).isLessThan(seconds(3).toNanos());
  }

  @Test
  void limitJustBelowThePatienceIsFound() {
    server.idle = seconds(119);
    IdleFinding finding = finding();
    assertThat(finding.limit()).contains(seconds(119));
    assertThat(finding.ping()).isEqualTo(KEEPS_ALIVE);
    assertAllClosed();
  }

  @Test
  void serverThatCountsPingsOnly() {
    server.idle = seconds(10);
    server.counts = EnumSet.of(Opcode.PING);
    server.how = Ending.Cause.PEER_GOING_AWAY;
    check = new Idle(null, "beat");
    IdleFinding finding = finding();
    assertThat(finding.by()).isEqualTo(Ending.Cause.PEER_GOING_AWAY);
    assertThat(finding.ping()).isEqualTo(KEEPS_ALIVE);
    assertThat(finding.pong()).isEqualTo(DOES_NOT);
    assertThat(finding.data()).isEqualTo(DOES_NOT);
    assertThat(finding.sentence())
        .contains("pings keep it alive, pongs do not keep it alive")
        .endsWith("a ping every 4 s");
  }

  @Test
  void serverThatCountsMessagesOnly() {
    server.idle = seconds(10);
    server.counts = EnumSet.of(Opcode.TEXT);
    check = new Idle(null, "beat");
    IdleFinding finding = finding();
    assertThat(finding.limit()).contains(seconds(10));
    assertThat(finding.survived()).isBetween(seconds(9), seconds(9.1));
    assertThat(finding.ping()).isEqualTo(DOES_NOT);
    assertThat(finding.sentence()).endsWith("suggested heartbeat: a message every 4 s");
  }

  @Test
  void serverThatAnswersNoPingHasALowerBoundAllTheSame() {
    server.idle = seconds(10);
    server.mute = true;
    IdleFinding finding = finding();
    assertThat(finding.limit()).contains(seconds(10));
    assertThat(finding.survived()).isGreaterThan(seconds(2));
    assertAllClosed();
  }

  @Test
  void ageIsNoIdleLimit() {
    server.age = seconds(10);
    check = new Idle(null, "beat");
    IdleFinding finding = finding();
    assertThat(finding.nature()).isEqualTo(Nature.AGE);
    assertThat(finding.limit()).isEmpty();
    assertThat(finding.heartbeat()).isEmpty();
    assertThat(finding.sentence())
        .startsWith("cut by eof at the age of 10 s, silent or not: pings");
  }

  @Test
  void whereOnlyMessagesMightCountTheSentenceSaysThatNoneWasTried() {
    server.age = seconds(10);
    assertThat(finding().sentence()).endsWith("; whether messages do was not tried");
  }

  @Test
  void restartOfTheServerIsNoLimit() {
    CompletableFuture<Outcome> outcome = start(List.of());
    timer.advance(seconds(40));
    List.copyOf(server.lines).forEach(line -> line.ends(Ending.Cause.EOF));
    timer.advance(seconds(200));
    IdleFinding finding = ((Outcome.Passed) ended(outcome)).evidence().idle();
    assertThat(finding).isNotNull();
    assertThat(finding.nature()).isEqualTo(Nature.UNCLEAR);
    assertThat(finding.limit()).isEmpty();
  }

  @Test
  void cutsThatDifferAreNoLimit() {
    server.idle = seconds(10);
    server.drift = seconds(2);
    IdleFinding finding = finding();
    assertThat(finding.nature()).isEqualTo(Nature.UNCLEAR);
    assertThat(finding.sentence()).contains("not by a rule that was recognised");
  }

  @Test
  void whatIsNotCutIsSaidToHaveSurvived() {
    IdleFinding finding = finding();
    assertThat(finding.nature()).isEqualTo(Nature.NOT_CUT);
    assertThat(finding.cut()).isNull();
    assertThat(finding.survived()).isEqualTo(seconds(120));
    assertThat(finding.sentence()).isEqualTo("not cut within 120 s of silence");
    assertAllClosed();
  }

  @Test
  void whatIsNotCutByAServerThatAnswersNoPingIsTheSame() {
    server.mute = true;
    assertThat(finding().survived()).isEqualTo(seconds(120));
    assertAllClosed();
  }

  @Test
  void connectionsThatDieWithoutASignAreFoundByAsking() {
    server.idle = seconds(50);
    server.blackHole = true;
    IdleFinding finding = finding();
    assertThat(finding.nature()).isEqualTo(Nature.SILENCE);
    assertThat(finding.by()).isEqualTo(Ending.Cause.LIVENESS_TIMEOUT);
    assertThat(finding.survived()).isBetween(seconds(20), seconds(50));
    assertThat(finding.cut()).isEqualTo(seconds(120));
    assertThat(finding.ping()).isEqualTo(KEEPS_ALIVE);
  }

  @Test
  void refusalIsAFailureWithItsCause() {
    server.refuses = ConnectFailure.Cause.HTTP_STATUS;
    Outcome.Failed failed = failed();
    assertThat(failed.stage()).isEqualTo(Stage.UPGRADE);
    assertThat(failed.cause()).isEqualTo("http_status");
    assertThat(failed.evidence().idle()).isNull();
  }

  @Test
  void serverThatGoesAwayBeforeTheSecondSilenceIsAFailure() {
    CompletableFuture<Outcome> outcome = start(List.of());
    timer.advance(seconds(3));
    server.refuses = ConnectFailure.Cause.REFUSED;
    List.copyOf(server.lines).forEach(line -> line.ends(Ending.Cause.EOF));
    timer.advance(seconds(1));
    assertThat(((Outcome.Failed) ended(outcome)).cause()).isEqualTo("refused");
  }

  @Test
  void brokenProtocolIsAFailureAndTheOthersAreClosed() {
    CompletableFuture<Outcome> outcome = start(List.of());
    timer.advance(seconds(3));
    server.lines.get(0).ends(Ending.Cause.PROTOCOL_VIOLATION);
    Outcome.Failed failed = (Outcome.Failed) ended(outcome);
    assertThat(failed.cause()).isEqualTo("protocol_violation");
    assertThat(failed.stage()).isEqualTo(Stage.SILENCE);
    assertThat(server.lines.get(1).asked).endsWith("close 1000");
    assertThat(timer.pending()).isZero();
  }

  @Test
  void offeredSubprotocolMustBeChosen() {
    CompletableFuture<Outcome> outcome = start(List.of("mqtt"));
    timer.advance(seconds(1));
    assertThat(((Outcome.Failed) ended(outcome)).cause()).isEqualTo("subprotocol");
    assertAllClosed();
  }

  @Test
  void upgradeThatIsNeverAnsweredIsAFailureAtTheDeadline() {
    server.opens = false;
    Outcome.Failed failed = failed();
    assertThat(failed.cause()).isEqualTo("upgrade_timeout");
    assertThat(timer.nanos()).isEqualTo(DEADLINE.plus(Run.GRACE).toNanos());
  }

  @Test
  void closeThatIsNotAnsweredDoesNotOutliveTheDeadline() {
    server.answersClose = false;
    IdleFinding finding = finding();
    assertThat(finding.nature()).isEqualTo(Nature.NOT_CUT);
    assertThat(timer.nanos()).isLessThanOrEqualTo(DEADLINE.plus(Run.GRACE).toNanos());
  }

  @Test
  void shortDeadlineShortensTheWaitAndStillTellsWhatKeepsAlive() {
    check = new Idle(null, null);
    server.idle = seconds(6);
    CompletableFuture<Outcome> outcome =
        new IdleRun(check, List.of(), seconds(10), timer).start(server::accept);
    timer.advance(seconds(10));
    IdleFinding finding = ((Outcome.Passed) ended(outcome)).evidence().idle();
    assertThat(finding).isNotNull();
    assertThat(finding.limit()).contains(seconds(6));
    assertThat(finding.ping()).isEqualTo(KEEPS_ALIVE);
    assertThat(finding.data()).isEqualTo(UNKNOWN);
    assertAllClosed();
  }

  @Test
  void unusableOptionsAreThrownAtTheCaller() {
    assertThatThrownBy(
            () ->
                new IdleRun(check, List.of(), DEADLINE, timer)
                    .start(
                        line -> {
                          throw new IllegalArgumentException("no such file: ca.pem");
                        }))
        .hasMessage("no such file: ca.pem");
    assertThat(timer.pending()).isZero();
  }

  @Test
  void needsMoreTimeThanItWaits() {
    assertThat(new Idle(seconds(10), null).needs()).isEqualTo(seconds(16));
    assertThat(new Idle(null, null).needs()).isZero();
    assertThatThrownBy(() -> new Idle(Duration.ZERO, null)).hasMessageContaining("atMost");
  }

  @Test
  void heartbeatIsANumberThatAPersonWouldWrite() {
    assertThat(heartbeat(0.9)).isEqualTo(Duration.ofMillis(400));
    assertThat(heartbeat(54)).isEqualTo(seconds(25));
    assertThat(heartbeat(57.5)).isEqualTo(seconds(25));
    assertThat(heartbeat(3300)).isEqualTo(seconds(900));
  }

  private static @Nullable Duration heartbeat(double survived) {
    return new IdleFinding(
            Nature.SILENCE,
            seconds(survived),
            seconds(survived * 1.1),
            Ending.Cause.EOF,
            KEEPS_ALIVE,
            UNKNOWN,
            UNKNOWN)
        .heartbeat()
        .orElse(null);
  }
}
