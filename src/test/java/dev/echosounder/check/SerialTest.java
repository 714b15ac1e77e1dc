package dev.echosounder.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SerialTest {
  @Test
  void tasksPostedFromATaskWaitTheirTurn() {
    Serial serial = new Serial();
    List<String> order = new ArrayList<>();
    serial.execute(
        () -> {
          serial.execute(() -> order.add("inner"));
          order.add("outer");
        });
    assertThat(order).containsExactly("outer", "inner");
  }

  @Test
  void noTwoTasksOverlapAndNoneIsLost() throws InterruptedException {
    Serial serial = new Serial();
    int threads = 4;
    int each = 10_000;
    int[] unguarded = {0};
    CountDownLatch done = new CountDownLatch(threads * each);
    List<Thread> posters = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      Thread poster =
          new Thread(
              () -> {
                for (int i = 0; i < each; i++) {
                  serial.execute(
                      () -> {
                        unguarded[0]++;
                        done.countDown();
                      });
                }
              });
      posters.add(poster);
      poster.start();
    }
    assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    for (Thread poster : posters) {
      poster.join(1_000);
    }
    assertThat(unguarded[0]).isEqualTo(threads * each);
  }

  @Test
  void taskThatThrowsDoesNotStopTheNext() throws InterruptedException {
    Serial serial = new Serial();
    List<String> seen = new ArrayList<>();
    Thread thread =
        new Thread(
            () ->
                serial.execute(
                    () -> {
                      serial.execute(() -> seen.add("next"));
                      throw new IllegalStateException("a defect");
                    }));
    thread.setUncaughtExceptionHandler((t, e) -> seen.add(e.getMessage()));
    thread.start();
    thread.join(10_000);
    assertThat(seen).containsExactly("a defect", "next");
  }
}
