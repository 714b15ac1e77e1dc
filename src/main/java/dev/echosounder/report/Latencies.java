package dev.echosounder.report;

import dev.echosounder.ws.Phase;
import dev.echosounder.ws.Timeline;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.HdrHistogram.Histogram;

/**
 * How long the phases and round trips of a run took, by server. Values are those of the timelines,
 * to three digits. Not thread-safe: a {@link RunReport} has one thread at a time.
 */
public final class Latencies implements RunReport {
  /** The row of {@link RoundTrips}: unlike the phase {@code echo}, all of a connection's. */
  public static final String ROUND_TRIP = "round_trip";

  /** How many servers are told apart; fault proxies would make one for each scenario. */
  private static final int MOST_SERVERS = 10;

  private static final String OTHERS = "other servers";
  private static final int DIGITS = 3;

  /** Server, then row in order, to its values in nanoseconds. */
  private final Map<String, Map<String, Histogram>> servers = new LinkedHashMap<>();

  /**
   * One line of the table.
   *
   * @param what a phase's label, or {@link #ROUND_TRIP}
   */
  public record Row(
      String what, long count, Duration p50, Duration p90, Duration p99, Duration max) {}

  @Override
  public void scenario(ScenarioRecord scenario, UnaryOperator<String> redact) {
    scenario.connections().forEach(c -> add(c.target(), c.timeline()));
  }

  @Override
  public void end() {
    // What was collected is for others to show.
  }

  private void add(URI target, Timeline timeline) {
    String server = target.getScheme() + "://" + target.getHost();
    server += target.getPort() < 0 ? "" : ":" + target.getPort();
    String key = servers.containsKey(server) || servers.size() < MOST_SERVERS ? server : OTHERS;
    Map<String, Histogram> rows = servers.computeIfAbsent(key, k -> new LinkedHashMap<>());
    timeline.phases().forEach((phase, took) -> record(rows, phase.label(), took));
    RoundTrips.of(timeline).forEach(took -> record(rows, ROUND_TRIP, took));
  }

  private static void record(Map<String, Histogram> rows, String what, Duration took) {
    rows.computeIfAbsent(what, w -> new Histogram(DIGITS)).recordValue(Math.max(0, took.toNanos()));
  }

  /** The rows of each server, in the order in which they were first connected to. */
  public Map<String, List<Row>> rows() {
    Map<String, List<Row>> all = new LinkedHashMap<>();
    servers.forEach((server, rows) -> all.put(server, rows(rows)));
    all.values().removeIf(List::isEmpty);
    return all;
  }

  private static List<Row> rows(Map<String, Histogram> histograms) {
    List<String> order = new ArrayList<>();
    for (Phase phase : Phase.values()) {
      order.add(phase.label());
    }
    order.add(order.indexOf(Phase.CLOSE.label()), ROUND_TRIP);
    List<Row> rows = new ArrayList<>();
    for (String what : order) {
      Histogram values = histograms.get(what);
      if (values != null) {
        rows.add(
            new Row(
                what,
                values.getTotalCount(),
                at(values, 50),
                at(values, 90),
                at(values, 99),
                Duration.ofNanos(values.getMaxValue())));
      }
    }
    return rows;
  }

  private static Duration at(Histogram values, double percentile) {
    return Duration.ofNanos(
        Math.min(values.getValueAtPercentile(percentile), values.getMaxValue()));
  }

  /**
   * The tables as text, a table for each server; empty if nothing was measured.
   *
   * @param unicode false writes {@code us} for {@code µs}
   */
  public String text(boolean unicode) {
    Map<String, List<Row>> all = rows();
    StringBuilder text = new StringBuilder();
    all.forEach(
        (server, rows) -> {
          String gap = text.isEmpty() ? "" : "\n";
          String title = all.size() > 1 ? gap + server + "\n" : "";
          text.append(title).append(line("latency", "count", "p50", "p90", "p99", "max"));
          for (Row row : rows) {
            text.append(line(row.what(), Long.toString(row.count()), units(row, unicode)));
          }
        });
    return text.toString();
  }

  private static String[] units(Row row, boolean unicode) {
    return List.of(row.p50(), row.p90(), row.p99(), row.max()).stream()
        .map(d -> Units.text(d, unicode))
        .toArray(String[]::new);
  }

  private static String line(String what, String count, String... values) {
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-13s %7s", what, count));
    for (String value : values) {
      line.append(String.format(Locale.ROOT, " %9s", value));
    }
    return line.append('\n').toString();
  }
}
