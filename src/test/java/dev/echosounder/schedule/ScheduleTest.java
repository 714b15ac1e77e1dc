package dev.echosounder.schedule;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ScheduleTest {
  private static final Duration INTERVAL = ofSeconds(15);

  private final FakeTime time = new FakeTime();
  private final Schedule schedule = schedule(10_000);

  private Schedule schedule(int maxInFlight) {
    return new Schedule(time, Runnable::run, new Schedule.Options(maxInFlight, 42));
  }

  private static Job job(String name, Task task) {
    return new Job(name, Plan.every(INTERVAL), task);
  }

  @Test
  void runsAtTheIntendedInstantsForMonths() {
    Recorded task = Recorded.endingAtOnce();
    schedule.replace(List.of(job("a", task)));
    time.advance(Duration.ofDays(90));
    assertThat(task.starts).isEqualTo(Duration.ofDays(90).dividedBy(INTERVAL));
    assertThat(task.maxLag).isZero();
    assertThat(task.skips).isEmpty();
  }

  @Test
  void spreadsTenThousandJobsOverTheInterval() {
    int[] perSecond = new int[15];
    schedule.replace(
        IntStream.range(0, 10_000)
            .mapToObj(
                i ->
                    job(
                        "target-" + i + "/echo",
                        new Recorded(
                            () -> {
                              perSecond[(int) time.elapsed().toSeconds()]++;
                              return CompletableFuture.completedFuture("");
                            })))
            .toList());
    time.advance(INTERVAL.minusNanos(1));
    assertThat(perSecond).hasSize(15);
    // 667 expected each; by chance alone a bucket is 25 off, one standard deviation.
    assertThat(IntStream.of(perSecond)).allSatisfy(n -> assertThat(n).isBetween(567, 767));
    assertThat(IntStream.of(perSecond).sum()).isEqualTo(10_000);
  }

  @Test
  void aNameKeepsItsPlaceInEveryProcess() {
    List<Duration> starts = new ArrayList<>();
    schedule.replace(List.of(job("shop/echo", noting(starts))));
    time.advance(INTERVAL);
    // Whoever changes the hash moves every job of every user: this value is a promise.
    assertThat(starts).containsExactly(Duration.ofNanos(1_076_757_942L));
  }

  @Test
  void aJobAddedLaterTakesTheSamePlace() {
    List<Duration> starts = new ArrayList<>();
    time.advance(ofSeconds(8));
    schedule.replace(List.of(job("shop/echo", noting(starts))));
    time.advance(INTERVAL);
    assertThat(starts).containsExactly(Duration.ofNanos(16_076_757_942L));
  }

  private Recorded noting(List<Duration> starts) {
    return new Recorded(
        () -> {
          starts.add(time.elapsed());
          return CompletableFuture.completedFuture("");
        });
  }

  @Test
  void jitterPutsInstantsOffByLessThanItsBoundAndLosesNone() {
    List<Duration> plain = new ArrayList<>();
    List<Duration> jittered = new ArrayList<>();
    Plan plan = Plan.every(INTERVAL);
    schedule.replace(List.of(new Job("a", plan, noting(plain))));
    Schedule other = schedule(10);
    other.replace(List.of(new Job("a", plan.jittered(ofSeconds(7)), noting(jittered))));
    time.advance(INTERVAL.multipliedBy(1_001));
    assertThat(jittered).hasSizeBetween(1_000, 1_001);
    List<Duration> off =
        IntStream.range(0, 1_000).mapToObj(i -> jittered.get(i).minus(plain.get(i))).toList();
    assertThat(off).allMatch(d -> !d.isNegative() && d.compareTo(ofSeconds(7)) < 0);
    assertThat(off).anyMatch(d -> d.compareTo(ofMillis(100)) < 0);
    assertThat(off).anyMatch(d -> d.compareTo(ofMillis(6_900)) > 0);
  }

  @Test
  void aPlanThatCannotBeIsRefused() {
    Plan plan = Plan.every(INTERVAL);
    assertThatThrownBy(() -> Plan.every(Duration.ZERO)).hasMessageContaining("above 0");
    assertThatThrownBy(() -> plan.jittered(ofSeconds(8))).hasMessageContaining("half");
    assertThatThrownBy(() -> plan.startingWithin(ofSeconds(-1))).hasMessageContaining(">= 0");
    assertThatThrownBy(() -> new Schedule.Options(0, 0)).hasMessageContaining(">= 1");
  }

  @Test
  void aNewJobStartsSoonIfItsPlanSaysSoAndKeepsItsRegularInstants() {
    for (int i = 0; i < 200; i++) {
      List<Duration> starts = new ArrayList<>();
      List<Duration> regular = new ArrayList<>();
      Plan plan = Plan.every(INTERVAL);
      Schedule soon = schedule(10);
      Duration begin = time.elapsed();
      soon.replace(
          List.of(
              new Job("job-" + i, plan.startingWithin(ofMillis(500)), noting(starts)),
              new Job("other", plan, Recorded.endingAtOnce())));
      Schedule usual = schedule(10);
      usual.replace(List.of(new Job("job-" + i, plan, noting(regular))));
      time.advance(INTERVAL.multipliedBy(4));
      assertThat(starts.get(0).minus(begin)).isLessThan(ofMillis(500));
      // A regular instant that the first start comes close before is not run once more.
      Duration close = starts.get(0).plus(INTERVAL.dividedBy(2));
      assertThat(starts.subList(1, starts.size()))
          .isEqualTo(regular.stream().filter(r -> r.compareTo(close) >= 0).toList());
      soon.replace(List.of());
      usual.replace(List.of());
    }
  }

  @Test
  void manyNewJobsAreLetInAtAnEvenPaceAndSkipNothing() {
    Schedule large = schedule(1_000);
    List<Duration> starts = new ArrayList<>();
    Plan plan = Plan.every(INTERVAL).startingWithin(INTERVAL.multipliedBy(10));
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      jobs.add(new Job("job-" + i, plan, noting(starts)));
    }
    Duration begin = time.elapsed();
    large.replace(jobs);
    time.advance(INTERVAL.multipliedBy(12));
    List<Integer> each =
        IntStream.range(0, 12)
            .mapToObj(k -> (int) starts.stream().filter(s -> in(k, s.minus(begin))).count())
            .toList();
    assertThat(each.get(0)).isLessThan(150);
    assertThat(each.subList(10, 12)).containsOnly(1_000);
    for (int k = 1; k < 9; k++) {
      assertThat(each.get(k) - each.get(k - 1)).as("more in the interval %d", k).isBetween(60, 165);
    }
    // Nor do those that come in together all have the same place in the interval.
    Duration middle = INTERVAL.dividedBy(2);
    assertThat(starts.stream().filter(s -> s.minus(begin).compareTo(middle) < 0).count())
        .isLessThan(75);
  }

  private static boolean in(int interval, Duration since) {
    return since.dividedBy(INTERVAL) == interval;
  }

  @Test
  void skipsAnInstantWhoseJobStillRuns() {
    CompletableFuture<String> run = new CompletableFuture<>();
    Recorded task = new Recorded(() -> run);
    schedule.replace(List.of(job("a", task)));
    time.advance(INTERVAL.multipliedBy(4));
    assertThat(task.starts).isEqualTo(1);
    assertThat(task.skips).isEqualTo(Map.of(Skip.OVERLAP, 3L));
    run.complete("");
    time.advance(INTERVAL);
    assertThat(task.starts).isEqualTo(2);
  }

  @Test
  void skipsWhatIsMoreThanMayBeInFlight() {
    Schedule small = schedule(2);
    List<CompletableFuture<String>> runs = new ArrayList<>();
    Recorded task =
        new Recorded(
            () -> {
              runs.add(new CompletableFuture<>());
              return runs.get(runs.size() - 1);
            });
    small.replace(List.of(job("a", task), job("b", task), job("c", task), job("d", task)));
    time.advance(INTERVAL);
    assertThat(small.inFlight()).isEqualTo(2);
    assertThat(task.skips).isEqualTo(Map.of(Skip.SATURATED, 2L));
    runs.forEach(run -> run.complete(""));
    assertThat(small.inFlight()).isZero();
  }

  @Test
  void anInstantThatIsLateByLessThanTheIntervalStartsAndTellsItsLag() {
    Recorded task = Recorded.endingAtOnce();
    schedule.replace(List.of(job("shop/echo", task)));
    time.stall(ofSeconds(12));
    assertThat(task.starts).isEqualTo(1);
    assertThat(task.maxLag).isEqualTo(ofSeconds(12).minusNanos(1_076_757_942L));
    assertThat(task.skips).isEmpty();
  }

  @Test
  void neverStartsABurstAfterASuspendedMachine() {
    List<Recorded> tasks =
        IntStream.range(0, 1_000).mapToObj(i -> Recorded.endingAtOnce()).toList();
    schedule.replace(
        IntStream.range(0, 1_000).mapToObj(i -> job("job-" + i, tasks.get(i))).toList());
    time.advance(INTERVAL);
    time.stall(ofHours(8));
    assertThat(tasks).allMatch(t -> t.starts == 1);
    assertThat(tasks).allMatch(t -> t.skips.equals(Map.of(Skip.LATE, 8 * 240L)));
    time.advance(INTERVAL);
    assertThat(tasks).allMatch(t -> t.starts == 2 && t.maxLag.isZero());
  }

  @Test
  void whatAStallMadeLateIsNotBookedAsOverlapOfTheRunItHeldUp() {
    Recorded task = new Recorded(CompletableFuture::new);
    schedule.replace(List.of(job("a", task)));
    time.advance(INTERVAL);
    time.stall(ofHours(8));
    assertThat(task.skips).isEqualTo(Map.of(Skip.LATE, 8 * 240L));
  }

  @Test
  void aLateInstantDoesNotMakeTheNextOneFollowAtItsHeels() {
    Recorded task = Recorded.endingAtOnce();
    Plan plan = Plan.every(INTERVAL).jittered(ofMillis(7_500));
    schedule.replace(List.of(new Job("a", plan, task)));
    for (int i = 0; i < 1_000; i++) {
      long before = task.starts;
      time.stall(ofMillis(14_900 + i));
      assertThat(task.starts - before).isLessThanOrEqualTo(1);
    }
    // Each interval has one instant, started or missed: none is lost or counted twice.
    List<Duration> calm = new ArrayList<>();
    long counted = task.starts + task.skips.getOrDefault(Skip.LATE, 0L);
    FakeTime again = new FakeTime();
    Schedule undisturbed = new Schedule(again, Runnable::run, new Schedule.Options(10, 42));
    undisturbed.replace(List.of(new Job("a", plan, noting(calm))));
    again.advance(time.elapsed());
    assertThat(counted).isEqualTo(calm.size());
  }

  @Test
  void aThrowingJobIsADefectAndTheOthersGoOn() {
    Recorded thrower =
        new Recorded(
            () -> {
              throw new IllegalStateException("broken");
            });
    Recorded failing =
        new Recorded(() -> CompletableFuture.failedFuture(new IllegalStateException("failed")));
    Recorded fine = Recorded.endingAtOnce();
    schedule.replace(List.of(job("a", thrower), job("b", fine), job("c", failing)));
    time.advance(INTERVAL.multipliedBy(3));
    assertThat(List.of(thrower.starts, failing.starts, fine.starts)).containsOnly(3L);
    assertThat(thrower.defects).hasSize(3).allMatch(d -> "broken".equals(d.getMessage()));
    assertThat(failing.defects).hasSize(3).allMatch(d -> "failed".equals(d.getMessage()));
    assertThat(schedule.inFlight()).isZero();
  }

  @Test
  void startersThatRefuseAreADefectAndLeakNothing() {
    Executor refusing =
        task -> {
          throw new RejectedExecutionException("shut down");
        };
    Schedule broken = new Schedule(time, refusing, new Schedule.Options(1, 0));
    Recorded task = Recorded.endingAtOnce();
    broken.replace(List.of(job("a", task)));
    time.advance(INTERVAL.multipliedBy(2));
    assertThat(task.defects).hasSize(2);
    assertThat(broken.inFlight()).isZero();
  }

  @Test
  void whatTheStartersCannotStartInTimeIsLate() {
    List<Runnable> held = new ArrayList<>();
    Schedule slow = new Schedule(time, held::add, new Schedule.Options(10, 0));
    Recorded task = Recorded.endingAtOnce();
    slow.replace(List.of(job("a", task)));
    time.advance(INTERVAL.multipliedBy(3));
    assertThat(held).hasSize(1);
    held.remove(0).run();
    assertThat(task.starts).isZero();
    assertThat(task.skips).isEqualTo(Map.of(Skip.OVERLAP, 2L, Skip.LATE, 1L));
  }

  @Test
  void aDaySimulatedHasExactCountsAndFlatMemory() {
    List<Recorded> tasks = IntStream.range(0, 100).mapToObj(i -> Recorded.endingAtOnce()).toList();
    schedule.replace(IntStream.range(0, 100).mapToObj(i -> job("job-" + i, tasks.get(i))).toList());
    time.advance(ofHours(1));
    long before = used();
    time.advance(ofHours(23));
    assertThat(used() - before).isLessThan(512 * 1024);
    assertThat(tasks).allMatch(t -> t.starts == 24 * 3600 / 15 && t.skips.isEmpty());
    assertThat(time.pending()).isEqualTo(1);
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  @Test
  void closedStartsNothingAndWaitsForWhatRuns() {
    CompletableFuture<String> run = new CompletableFuture<>();
    Recorded task = new Recorded(() -> run);
    schedule.replace(List.of(job("a", task)));
    time.advance(INTERVAL);
    CompletableFuture<Integer> closed = schedule.close(ofSeconds(5));
    assertThat(closed).isNotDone();
    run.complete("");
    assertThat(closed).isCompletedWithValue(0);
    schedule.replace(List.of(job("b", task)));
    time.advance(ofMinutes(10));
    assertThat(task.starts).isEqualTo(1);
    assertThat(time.pending()).isZero();
  }

  @Test
  void closedSaysHowManyHadNotEndedByTheDeadline() {
    schedule.replace(List.of(job("a", new Recorded(CompletableFuture::new))));
    time.advance(INTERVAL);
    CompletableFuture<Integer> closed = schedule.close(ofSeconds(5));
    time.advance(ofSeconds(5));
    assertThat(closed).isCompletedWithValue(1);
    assertThat(schedule.close(ofSeconds(5))).isSameAs(closed);
  }
}
