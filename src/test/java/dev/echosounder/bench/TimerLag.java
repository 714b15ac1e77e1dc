package dev.echosounder.bench;

import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The floor of a schedule's lag: a bare timer of the JDK that does nothing at its instants, RATE a
 * second for SECONDS. Prints how late it was in milliseconds, p50, p99 and the most: {@code
 * TimerLag RATE SECONDS}.
 */
final class TimerLag {
  private TimerLag() {}

  public static void main(String[] args) throws InterruptedException {
    int rate = Integer.parseInt(args[0]);
    int count = rate * Integer.parseInt(args[1]);
    long[] late = new long[count];
    ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
    long begin = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
    for (int i = 0; i < count; i++) {
      int at = i;
      long due = begin + TimeUnit.SECONDS.toNanos(1) * i / rate;
      timer.schedule(
          () -> {
            late[at] = System.nanoTime() - due;
          },
          due - System.nanoTime(),
          TimeUnit.NANOSECONDS);
    }
    timer.shutdown();
    if (!timer.awaitTermination(count / rate + 10, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the timer does not come to its end");
    }
    Arrays.sort(late);
    System.out.printf("%.2f %.2f %.2f%n", at(late, 0.5), at(late, 0.99), at(late, 1));
  }

  private static double at(long[] sorted, double quantile) {
    return sorted[(int) ((sorted.length - 1) * quantile)] / 1e6;
  }
}
