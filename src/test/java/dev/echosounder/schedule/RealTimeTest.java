package dev.echosounder.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The few things that need real threads. */
final class RealTimeTest {
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final ExecutorService starters = Executors.newFixedThreadPool(2);

  @AfterEach
  void stop() throws InterruptedException {
    timer.shutdownNow();
    starters.shutdownNow();
    assertThat(timer.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
    assertThat(starters.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aJobThatBlocksInItsStartDelaysNoOther() throws Exception {
    Schedule schedule = new Schedule(Time.of(timer), starters, new Schedule.Options(10, 0));
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch others = new CountDownLatch(20);
    Plan often = Plan.every(Duration.ofMillis(5));
    Task slow =
        () -> {
          blocked.countDown();
          return CompletableFuture.completedFuture(await(release));
        };
    Task quick =
        () -> {
          // Only starts that happen while the slow one blocks prove anything.
          if (blocked.getCount() == 0) {
            others.countDown();
          }
          return CompletableFuture.completedFuture("");
        };
    schedule.replace(List.of(new Job("slow", often, slow), new Job("quick", often, quick)));
    assertThat(others.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(release.getCount()).isEqualTo(1);
    CompletableFuture<Integer> closed = schedule.close(Duration.ofSeconds(10));
    release.countDown();
    assertThat(closed.get(10, TimeUnit.SECONDS)).isZero();
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
