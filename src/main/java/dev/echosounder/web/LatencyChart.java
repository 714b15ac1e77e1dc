package dev.echosounder.web;

import dev.echosounder.report.Units;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The durations of the last runs as SVG, the newest on the right, on a logarithmic scale: a slow
 * run does not flatten the others. All places are percentages, so letters and lines keep their size
 * on a phone.
 */
final class LatencyChart {
  private static final int MOST_TICKS = 5;

  private final List<History.Result> results;
  private final Ages ages;
  private final double low;
  private final double high;
  private final List<Double> ticks;

  private LatencyChart(List<History.Result> results, Ages ages, List<Double> times) {
    this.results = results;
    this.ages = ages;
    double least = times.stream().min(Double::compare).orElse(1e6);
    double most = times.stream().max(Double::compare).orElse(1e6);
    this.low = round(least, false);
    double above = round(most, true);
    this.high = above > low ? above : low * 10;
    this.ticks = ticks(low, high);
  }

  /** Nothing if fewer than two runs passed. */
  static void draw(Html html, List<History.Result> results, Ages ages, boolean held) {
    List<Double> times = new ArrayList<>();
    for (History.Result result : results) {
      if (result.verdict() == History.Verdict.PASSED) {
        times.add(nanos(result.took()));
        if (result.roundTrip() != null) {
          times.add(nanos(result.roundTrip()));
        }
      }
    }
    long passed = results.stream().filter(r -> r.verdict() == History.Verdict.PASSED).count();
    if (passed >= 2) {
      new LatencyChart(results, ages, times).draw(html, held);
    }
  }

  private static double nanos(Duration duration) {
    return Math.max(1, duration.toNanos());
  }

  /** The next 1, 2 or 5 times a power of ten, below or above. */
  private static double round(double nanos, boolean up) {
    double power = Math.pow(10, Math.floor(Math.log10(nanos)));
    double digit = nanos / power;
    if (up) {
      return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
    }
    return power * (digit >= 5 ? 5 : digit >= 2 ? 2 : 1);
  }

  private static List<Double> ticks(double low, double high) {
    List<Double> all = new ArrayList<>();
    for (double tick = low; tick <= high * 1.01; tick = round(tick * 1.5, true)) {
      all.add(tick);
    }
    if (all.size() > MOST_TICKS) {
      all.removeIf(tick -> Math.abs(Math.log10(tick) - Math.rint(Math.log10(tick))) > 0.01);
    }
    return all;
  }

  private void draw(Html html, boolean held) {
    boolean trips = results.stream().anyMatch(r -> r.roundTrip() != null);
    html.raw("<figure class=latency><figcaption><h4>").raw(held ? "Time to connect" : "Latency");
    html.raw("</h4><ul class=legend><li><i class=took></i>").raw(held ? "connect" : "whole run");
    html.raw(trips ? "<li><i class=trip></i>round trip" : "");
    boolean failed = results.stream().anyMatch(r -> r.verdict() == History.Verdict.FAILED);
    html.raw(failed ? "<li><i class=fell></i>" + (held ? "dropped or refused" : "failed") : "");
    html.raw("</ul></figcaption><svg class=chart role=img aria-label=\"Latency of the last ");
    html.number(results.size()).raw(" runs, from ").raw(text(low)).raw(" to ").raw(text(high));
    html.raw("\">");
    ticks.forEach(tick -> grid(html, tick));
    failures(html);
    line(html, "trip", History.Result::roundTrip);
    line(html, "took", History.Result::took);
    ticks.forEach(tick -> label(html, tick));
    html.raw("</svg><p class=axis><span>").raw(ages.at(results.get(0).start()));
    html.raw("</span><span>").raw(ages.at(results.get(results.size() - 1).start()));
    html.raw("</span></p></figure>");
  }

  private void grid(Html html, double tick) {
    String y = percent(y(tick));
    html.raw("<line class=tick x1=0 x2=100% y1=").raw(y).raw(" y2=").raw(y).raw("></line>");
  }

  private void label(Html html, double tick) {
    html.raw("<text x=0 dy=-3 y=").raw(percent(y(tick))).raw(">").raw(text(tick)).raw("</text>");
  }

  private void failures(Html html) {
    for (int i = 0; i < results.size(); i++) {
      History.Result result = results.get(i);
      if (result.verdict() == History.Verdict.FAILED) {
        String x = percent(x(i));
        html.raw("<line class=fell x1=").raw(x).raw(" x2=").raw(x).raw(" y1=6% y2=100%><title>");
        html.raw(ages.at(result.start())).raw(" failed: ").text(result.cause());
        html.raw("</title></line>");
      }
    }
  }

  private void line(Html html, String name, Function<History.Result, @Nullable Duration> value) {
    StringBuilder path = new StringBuilder();
    boolean gap = true;
    for (int i = 0; i < results.size(); i++) {
      Duration time = time(results.get(i), value);
      if (time != null) {
        path.append(gap ? "M" : "L").append(number(x(i))).append(' ');
        path.append(number(y(nanos(time))));
      }
      gap = time == null;
    }
    if (path.isEmpty()) {
      return;
    }
    html.raw("<svg viewBox=\"0 0 100 100\" preserveAspectRatio=none width=100% height=100%>");
    html.raw("<path class=").raw(name).raw(" d=\"").raw(path.toString()).raw("\"/></svg>");
    for (int i = 0; i < results.size(); i++) {
      Duration time = time(results.get(i), value);
      if (time != null) {
        html.raw("<circle class=").raw(name).raw(" r=2 cx=").raw(percent(x(i))).raw(" cy=");
        html.raw(percent(y(nanos(time)))).raw("><title>").raw(ages.at(results.get(i).start()));
        html.raw(", ").raw(Units.text(time, true)).raw("</title></circle>");
      }
    }
  }

  private static @Nullable Duration time(
      History.Result result, Function<History.Result, @Nullable Duration> value) {
    return result.verdict() == History.Verdict.PASSED ? value.apply(result) : null;
  }

  /** From 11, right of the labels, to 99: the last dot is not cut. */
  private double x(int index) {
    return 11 + 88.0 * index / (results.size() - 1);
  }

  /** From 97 for the lowest to 12 for the highest, above which its label stands. */
  private double y(double nanos) {
    return 97 - 85 * (Math.log(nanos) - Math.log(low)) / (Math.log(high) - Math.log(low));
  }

  private static String text(double nanos) {
    String text = Units.text(Duration.ofNanos(Math.round(nanos)), true);
    return text.replaceFirst("\\.0+ ", " ").replaceFirst("(\\.[0-9]*[1-9])0+ ", "$1 ");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String percent(double value) {
    return number(value) + "%";
  }
}
