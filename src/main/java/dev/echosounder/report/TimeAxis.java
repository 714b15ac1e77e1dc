package dev.echosounder.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * From nanoseconds to a place in a picture. Linear, but a silence that would take more than two
 * thirds of the picture is cut out and drawn as a break of fixed width, so that a wait of seconds
 * does not squeeze a handshake of milliseconds into a line.
 */
final class TimeAxis {
  /** How wide a break is drawn. */
  static final double BREAK_WIDTH = 44;

  private static final int MOST_BREAKS = 4;
  private static final int TICKS = 8;

  /** In nanoseconds: for less than this, nothing is worth cutting out. */
  private static final long LEAST_DRAWN = 50_000;

  /** A silence that is cut out. */
  record Break(long from, long to) {
    long length() {
      return to - from;
    }
  }

  private final long start;
  private final long end;
  private final List<Break> breaks;
  private final double left;
  private final double scale;

  private TimeAxis(long start, long end, List<Break> breaks, double left, double right) {
    this.start = start;
    this.end = end;
    this.breaks = breaks;
    this.left = left;
    this.scale = (right - left - breaks.size() * BREAK_WIDTH) / drawn(start, end, breaks);
  }

  /**
   * @param instants whatever is drawn, in nanoseconds of one clock; the first and the last are the
   *     ends of the axis
   */
  static TimeAxis of(Collection<Long> instants, double left, double right) {
    NavigableSet<Long> sorted = new TreeSet<>(instants);
    long start = sorted.isEmpty() ? 0 : sorted.first();
    long end = sorted.isEmpty() ? 0 : sorted.last();
    return new TimeAxis(start, end, breaks(sorted, start, end), left, right);
  }

  private static List<Break> breaks(NavigableSet<Long> instants, long start, long end) {
    List<Break> gaps = new ArrayList<>();
    Long before = null;
    for (Long instant : instants) {
      if (before != null) {
        gaps.add(new Break(before, instant));
      }
      before = instant;
    }
    gaps.sort(Comparator.comparingLong(Break::length).reversed());
    List<Break> breaks = new ArrayList<>();
    for (Break gap : gaps.subList(0, Math.min(MOST_BREAKS, gaps.size()))) {
      long others = drawn(start, end, breaks) - gap.length();
      if (gap.length() <= 2 * others || others < LEAST_DRAWN) {
        break;
      }
      breaks.add(gap);
    }
    breaks.sort(Comparator.comparingLong(Break::from));
    return List.copyOf(breaks);
  }

  private static long drawn(long start, long end, List<Break> breaks) {
    return Math.max(1, end - start - breaks.stream().mapToLong(Break::length).sum());
  }

  List<Break> breaks() {
    return breaks;
  }

  /** Where {@code nanos} is; instants beyond the ends are drawn at the ends. */
  double x(long nanos) {
    long at = Math.max(start, Math.min(end, nanos));
    double x = left;
    long from = start;
    for (Break gap : breaks) {
      if (at <= gap.from()) {
        break;
      }
      x += (gap.from() - from) * scale;
      if (at < gap.to()) {
        return x + BREAK_WIDTH * (at - gap.from()) / gap.length();
      }
      x += BREAK_WIDTH;
      from = gap.to();
    }
    return x + (at - from) * scale;
  }

  /** Round instants, in nanoseconds since the start, none of them within a break. */
  List<Long> ticks() {
    long step = round(drawn(start, end, breaks) / (double) TICKS);
    List<Long> ticks = new ArrayList<>();
    long from = 0;
    for (Break gap : breaks) {
      add(ticks, from, gap.from() - start, step);
      from = gap.to() - start;
    }
    add(ticks, from, end - start, step);
    return ticks;
  }

  long start() {
    return start;
  }

  private static void add(List<Long> ticks, long from, long to, long step) {
    for (long tick = (from + step - 1) / step * step; tick <= to; tick += step) {
      ticks.add(tick);
    }
  }

  /** The next 1, 2 or 5 times a power of ten. */
  private static long round(double value) {
    double power = Math.pow(10, Math.floor(Math.log10(Math.max(1, value))));
    double share = value / power;
    return Math.max(1, (long) (power * (share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10)));
  }
}
