package dev.echosounder.schedule;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What {@link Schedule#replace} keeps and what it does not. */
final class ReloadTest {
  private static final Plan PLAN = Plan.every(ofSeconds(15));

  private final FakeTime time = new FakeTime();
  private final Schedule schedule = new Schedule(time, Runnable::run, new Schedule.Options(10, 42));
  private final CompletableFuture<String> run = new CompletableFuture<>();
  private final Recorded hanging = new Recorded(() -> run);

  @Test
  void anUnchangedJobKeepsItsInstants() {
    List<Duration> starts = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      schedule.replace(
          List.of(
              new Job(
                  "a",
                  PLAN.startingWithin(ofSeconds(1)),
                  new Recorded(
                      () -> {
                        starts.add(time.elapsed());
                        return CompletableFuture.completedFuture("");
                      }))));
      time.advance(ofSeconds(1));
    }
    assertThat(starts).hasSizeBetween(4, 5);
    for (int i = 2; i < starts.size(); i++) {
      assertThat(starts.get(i).minus(starts.get(i - 1))).isEqualTo(ofSeconds(15));
    }
  }

  @Test
  void anUnchangedJobKeepsItsRunAndItsNewTaskHearsOfTheOverlap() {
    schedule.replace(List.of(new Job("a", PLAN, hanging)));
    time.advance(ofSeconds(15));
    Recorded next = Recorded.endingAtOnce();
    schedule.replace(List.of(new Job("a", PLAN, next)));
    time.advance(ofSeconds(15));
    assertThat(next.starts).isZero();
    assertThat(next.skips).isEqualTo(Map.of(Skip.OVERLAP, 1L));
    run.complete("");
    time.advance(ofSeconds(15));
    assertThat(next.starts).isEqualTo(1);
  }

  @Test
  void aRemovedJobStartsNoMoreAndItsRunIsLeftToEnd() {
    schedule.replace(List.of(new Job("a", PLAN, hanging)));
    time.advance(ofSeconds(15));
    schedule.replace(List.of());
    time.advance(ofMinutes(10));
    assertThat(hanging.starts).isEqualTo(1);
    assertThat(hanging.skips).isEmpty();
    assertThat(run).isNotCancelled().isNotDone();
    assertThat(schedule.inFlight()).isEqualTo(1);
    run.complete("");
    assertThat(schedule.inFlight()).isZero();
    assertThat(time.pending()).isZero();
  }

  @Test
  void aJobThatComesBackDoesNotOverlapTheRunItLeft() {
    schedule.replace(List.of(new Job("a", PLAN, hanging)));
    time.advance(ofSeconds(15));
    schedule.replace(List.of());
    Recorded back = Recorded.endingAtOnce();
    schedule.replace(List.of(new Job("a", PLAN, back)));
    time.advance(ofSeconds(15));
    assertThat(back.starts).isZero();
    run.complete("");
    time.advance(ofSeconds(15));
    assertThat(back.starts).isEqualTo(1);
  }

  @Test
  void aJobRemovedBetweenDecisionAndStartDoesNotStart() {
    List<Runnable> held = new ArrayList<>();
    Schedule slow = new Schedule(time, held::add, new Schedule.Options(10, 0));
    Recorded task = Recorded.endingAtOnce();
    slow.replace(List.of(new Job("a", PLAN, task)));
    time.advance(ofSeconds(15));
    slow.replace(List.of());
    held.forEach(Runnable::run);
    assertThat(task.starts).isZero();
    assertThat(slow.inFlight()).isZero();
  }

  @Test
  void aChangedPlanHoldsFromNowOn() {
    Recorded task = Recorded.endingAtOnce();
    schedule.replace(List.of(new Job("a", PLAN, task)));
    time.advance(ofSeconds(150));
    schedule.replace(List.of(new Job("a", Plan.every(ofSeconds(1)), task)));
    time.advance(ofSeconds(10));
    assertThat(task.starts).isEqualTo(20);
  }

  @Test
  void twoJobsOfOneNameAreRefusedAndNothingChanges() {
    Recorded task = Recorded.endingAtOnce();
    Job job = new Job("a", PLAN, task);
    schedule.replace(List.of(job));
    assertThatThrownBy(() -> schedule.replace(List.of(job, job)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"a\"");
    time.advance(ofSeconds(15));
    assertThat(task.starts).isEqualTo(1);
  }
}
