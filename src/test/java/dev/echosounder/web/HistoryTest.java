package dev.echosounder.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.check.Outcome;
import dev.echosounder.ws.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class HistoryTest {
  private static final Outcome PASSED = Samples.passed(Duration.ofMillis(10));
  private static final Outcome FAILED = Samples.refused(502, "bad gateway");
  private static final Outcome SKIPPED = new Outcome.Skipped("busy");

  private static History history(int results, int failures, int timelines, int failed, long bytes) {
    return new History(new History.Limits(results, failures, timelines, failed, bytes));
  }

  private static void add(History history, String target, Outcome... outcomes) {
    for (Outcome outcome : outcomes) {
      history.add(target, "echo", Samples.NOW, outcome);
    }
  }

  private static List<Long> ids(List<History.Result> results) {
    return results.stream().map(History.Result::id).toList();
  }

  private static boolean hasTimeline(History history, long id) {
    return history.run(id).map(run -> run.timeline() != null).orElse(false);
  }

  private static PhaseTimes phases(Outcome outcome) {
    return PhaseTimes.of(
        outcome instanceof Outcome.Passed passed
            ? passed.evidence().phases()
            : ((Outcome.Failed) outcome).evidence().phases());
  }

  @Test
  void phasesCertificateAndSilenceAreKept() {
    History history = history(2, 0, 0, 0, 1 << 20);
    add(history, "a", PASSED, FAILED, FAILED);
    History.Kept kept = history.kept("a", "echo");
    assertThat(kept.certificate()).isEqualTo(Instant.parse("2026-09-01T00:00:00Z"));
    assertThat(kept.idle()).isNull();
    assertThat(kept.recent().get(1).phases().all())
        .containsKeys(Phase.DNS, Phase.TCP)
        .doesNotContainKeys(Phase.TLS, Phase.ECHO)
        .containsEntry(Phase.TCP, Duration.ofNanos(1_280_000));
  }

  @Test
  void resultSaysWhatHappened() {
    History history = new History(History.Limits.DEFAULT);
    add(history, "a", PASSED, FAILED, SKIPPED);
    assertThat(history.kept("a", "echo").recent())
        .containsExactly(
            new History.Result(
                1,
                Samples.NOW,
                History.Verdict.PASSED,
                Duration.ofMillis(10),
                Duration.ofMillis(10).dividedBy(9),
                "",
                "",
                "",
                phases(PASSED)),
            new History.Result(
                2,
                Samples.NOW,
                History.Verdict.FAILED,
                Duration.ofNanos(9_700_000),
                null,
                "upgrade",
                "http_status",
                "bad gateway",
                phases(FAILED)),
            new History.Result(
                3,
                Samples.NOW,
                History.Verdict.SKIPPED,
                Duration.ZERO,
                null,
                "",
                "",
                "busy",
                PhaseTimes.NONE));
    assertThat(history.kept("a", "other")).isEqualTo(History.Kept.NOTHING);
  }

  @Test
  void failuresOutliveTheNewestResults() {
    History history = history(3, 2, 1, 10, 1 << 20);
    add(history, "a", FAILED, FAILED, FAILED, PASSED, PASSED, PASSED);
    History.Kept kept = history.kept("a", "echo");
    assertThat(ids(kept.recent())).containsExactly(4L, 5L, 6L);
    assertThat(ids(kept.failures())).containsExactly(2L, 3L);
    assertThat(hasTimeline(history, 2)).isTrue();
    assertThat(hasTimeline(history, 5)).isFalse();
    assertThat(hasTimeline(history, 6)).isTrue();
    assertThat(history.run(1)).isEmpty();
  }

  @Test
  void oldestSuccessesGoFirstOverAllChecks() {
    History roomy = history(100, 20, 100, 20, 1 << 20);
    add(roomy, "a", FAILED);
    add(roomy, "b", PASSED);
    History history = history(100, 20, 100, 20, roomy.bytes());
    add(history, "a", FAILED, PASSED);
    assertThat(hasTimeline(history, 1)).isTrue();
    assertThat(hasTimeline(history, 2)).isTrue();
    add(history, "b", PASSED);
    assertThat(hasTimeline(history, 1)).as("the failure's").isTrue();
    assertThat(hasTimeline(history, 2)).as("the older success's").isFalse();
  }

  @Test
  void newestResultStaysWhateverTheBound() {
    History history = history(10, 10, 10, 10, 0);
    add(history, "a", FAILED, PASSED);
    History.Kept kept = history.kept("a", "echo");
    assertThat(history.bytes()).isZero();
    assertThat(kept.recent()).isEmpty();
    assertThat(kept.last()).isNotNull().extracting(History.Result::id).isEqualTo(2L);
    assertThat(kept.lastFailure()).isNotNull().extracting(History.Result::id).isEqualTo(1L);
  }

  @Test
  void removedTargetLeavesNothing() {
    History history = new History(History.Limits.DEFAULT);
    add(history, "a", PASSED, FAILED);
    history.remove("a");
    history.remove("never there");
    assertThat(history.kept("a", "echo")).isEqualTo(History.Kept.NOTHING);
    assertThat(history.bytes()).isZero();
    assertThat(history.run(1)).isEmpty();
  }

  @Test
  void reloadKeepsOnlyWhatIsStillWatched() {
    History history = new History(History.Limits.DEFAULT);
    add(history, "a", PASSED);
    history.add("a", "ping", Samples.NOW, PASSED);
    add(history, "b", PASSED);
    long one = history.bytes() / 3;
    history.retain(Map.of("a", Set.of("echo")));
    assertThat(history.bytes()).isEqualTo(one);
    assertThat(history.kept("a", "echo").last()).isNotNull();
    assertThat(history.kept("a", "ping").last()).isNull();
    assertThat(history.kept("b", "echo").last()).isNull();
  }

  @Test
  void endlessDetailIsCut() {
    History history = new History(History.Limits.DEFAULT);
    add(history, "a", new Outcome.Skipped("x".repeat(100_000)));
    assertThat(history.kept("a", "echo").recent().get(0).detail()).hasSize(1_001);
  }

  @Property(tries = 200)
  void boundsHoldAfterEveryRun(
      @ForAll @Size(max = 120) List<@IntRange(max = 11) Integer> runs,
      @ForAll @IntRange(max = 60_000) int bytes,
      @ForAll @IntRange(min = 1, max = 9) int results,
      @ForAll @IntRange(max = 4) int few) {
    History history = history(results, few, few, few, bytes);
    Outcome[] outcomes = {PASSED, FAILED, SKIPPED};
    for (int run : runs) {
      String target = "t" + run / 3;
      add(history, target, outcomes[run % 3]);
      assertThat(history.bytes()).isBetween(0L, (long) bytes);
      History.Kept kept = history.kept(target, "echo");
      assertThat(kept.recent()).hasSizeLessThanOrEqualTo(results);
      assertThat(kept.failures()).hasSizeLessThanOrEqualTo(few);
      assertThat(kept.last()).isNotNull();
      for (History.Verdict verdict : History.Verdict.values()) {
        long timelines =
            kept.recent().stream()
                .filter(r -> r.verdict() == verdict && hasTimeline(history, r.id()))
                .count();
        assertThat(timelines).isLessThanOrEqualTo(few);
      }
    }
    for (int target = 0; target < 4; target++) {
      history.remove("t" + target);
    }
    assertThat(history.bytes()).as("the account closes at zero").isZero();
  }

  @Property(tries = 100)
  void noFailureIsForgottenBeforeASuccess(
      @ForAll @Size(min = 1, max = 80) List<@IntRange(max = 1) Integer> runs,
      @ForAll @IntRange(min = 400, max = 40_000) int bytes) {
    History history = history(100, 100, 100, 100, bytes);
    long failures = 0;
    for (int run : runs) {
      add(history, "a", run == 0 ? PASSED : FAILED);
      List<History.Result> kept = history.kept("a", "echo").recent();
      long left = kept.stream().filter(r -> r.verdict() == History.Verdict.FAILED).count();
      if (left < failures + run) {
        assertThat(kept).noneMatch(r -> r.verdict() == History.Verdict.PASSED);
      }
      failures = left;
    }
  }

  @Test
  void manyThreadsAtOnceKeepTheAccount() throws Exception {
    History history = history(20, 5, 2, 5, 100_000);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    CountDownLatch go = new CountDownLatch(1);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        String target = "t" + i % 2;
        all.add(
            threads.submit(
                () -> {
                  go.await();
                  for (int run = 0; run < 500; run++) {
                    add(history, target, run % 3 == 0 ? FAILED : PASSED);
                    history.kept(target, "echo");
                    if (run % 100 == 99) {
                      history.remove(target);
                    }
                  }
                  return null;
                }));
      }
      go.countDown();
      for (Future<?> each : all) {
        each.get(30, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(history.bytes()).isLessThanOrEqualTo(100_000);
    history.retain(Map.of());
    assertThat(history.bytes()).isZero();
  }
}
