package dev.echosounder.scenario;

import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Many latencies of one kind, for their quantiles. Three significant digits from 1 µs to an hour.
 *
 * @param what what took so long: {@code 200 echoes at 100 per second}
 */
record Latencies(String what, Histogram histogram) {
  private static final long LONGEST_MICROS = Duration.ofHours(1).toNanos() / 1_000;

  static Latencies of(String what, List<Duration> all) {
    Histogram histogram = new Histogram(LONGEST_MICROS, 3);
    for (Duration one : all) {
      histogram.recordValue(Math.min(LONGEST_MICROS, Math.max(0, one.toNanos() / 1_000)));
    }
    return new Latencies(what, histogram);
  }

  /** The smallest latency that so many per cent of all do not exceed. */
  Duration at(double percentile) {
    return micros(histogram.getValueAtPercentile(percentile));
  }

  /**
   * @throws AssertionError with the whole distribution if the percentile is longer
   */
  void atMost(double percentile, Duration limit) {
    if (histogram.getTotalCount() == 0) {
      throw new AssertionError("there is no latency to judge: none of " + what + " was answered");
    }
    Duration seen = at(percentile);
    if (seen.compareTo(limit) > 0) {
      String expected =
          "%s: percentile %s at most %s".formatted(what, number(percentile), Mismatch.say(limit));
      throw new AssertionError(
          "expected %s%n  expected:     %s%n  seen:         %s%n  of all:       %s"
              .formatted(expected, expected, Mismatch.say(seen), this));
    }
  }

  @Override
  public String toString() {
    return "50 %% %s, 90 %% %s, 99 %% %s, longest %s, of %d, from the intended sends"
        .formatted(
            Mismatch.say(at(50)),
            Mismatch.say(at(90)),
            Mismatch.say(at(99)),
            Mismatch.say(micros(histogram.getMaxValue())),
            histogram.getTotalCount());
  }

  private static String number(double percentile) {
    return percentile == Math.rint(percentile)
        ? Long.toString(Math.round(percentile))
        : Double.toString(percentile);
  }

  private static Duration micros(long micros) {
    return Duration.ofNanos(micros * 1_000);
  }
}
