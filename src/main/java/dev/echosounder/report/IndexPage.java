package dev.echosounder.report;

import dev.echosounder.report.ScenarioRecord.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The report's first page: what failed, then the others, then how long it all took. */
final class IndexPage {
  /**
   * A scenario in the list.
   *
   * @param why the reason of its waiver, or the first line of the error, cut; else empty
   */
  record Row(
      String page,
      String feature,
      String name,
      String place,
      Status status,
      Instant started,
      Duration took,
      String why) {
    private static final int MOST = 300;

    static Row of(ScenarioRecord scenario, String page, UnaryOperator<String> redact) {
      boolean waived = scenario.status() == Status.WAIVED;
      String why = redact.apply(waived ? scenario.waiver() : scenario.headline());
      return new Row(
          page,
          redact.apply(scenario.feature()),
          redact.apply(scenario.name()),
          redact.apply(scenario.place()),
          scenario.status(),
          scenario.started(),
          scenario.took(),
          why.length() <= MOST ? why : why.substring(0, MOST) + "…");
    }
  }

  private final List<Row> rows;
  private final Latencies latencies;

  IndexPage(List<Row> rows, Latencies latencies) {
    this.rows =
        rows.stream().sorted(Comparator.comparing(r -> r.status() != Status.FAILED)).toList();
    this.latencies = latencies;
  }

  private long count(Status status) {
    return rows.stream().filter(r -> r.status() == status).count();
  }

  String title() {
    long failed = count(Status.FAILED);
    String tail = more(Status.WAIVED) + more(Status.SKIPPED);
    return failed > 0
        ? "%d of %d scenarios failed%s".formatted(failed, rows.size(), tail)
        : "%s passed%s".formatted(scenarios(count(Status.PASSED)), tail);
  }

  private static String scenarios(long count) {
    return count == 1 ? "1 scenario" : count + " scenarios";
  }

  private String more(Status status) {
    long all = count(status);
    return all == 0 ? "" : ", %d %s".formatted(all, status.label());
  }

  void write(Markup html) {
    Instant began = rows.stream().map(Row::started).min(Instant::compareTo).orElse(Instant.EPOCH);
    Instant ended =
        rows.stream().map(r -> r.started().plus(r.took())).max(Instant::compareTo).orElse(began);
    html.leaf("h1", title(), "class", count(Status.FAILED) > 0 ? "failed" : "passed");
    html.leaf(
        "p",
        "%s · took %s"
            .formatted(HtmlReport.at(began), HtmlReport.units(Duration.between(began, ended))),
        "class",
        "about");
    html.open("table", "class", "scenarios").open("thead").open("tr");
    html.leaf("th", "Result").leaf("th", "Scenario").leaf("th", "Feature");
    html.leaf("th", "Took", "class", "n").close().close().open("tbody");
    rows.forEach(row -> row(html, row));
    html.close().close();
    latency(html, latencies);
  }

  private static void row(Markup html, Row row) {
    html.open("tr").leaf("td", row.status().label(), "class", row.status().label());
    html.open("td").leaf("a", row.name(), "href", row.page());
    if (!row.why().isEmpty()) {
      html.leaf("p", row.why(), "class", row.status() == Status.FAILED ? "why" : "why waived");
    }
    html.close().open("td").text(row.feature()).leaf("p", row.place(), "class", "place").close();
    html.leaf("td", HtmlReport.units(row.took()), "class", "n").close();
  }

  private static void latency(Markup html, Latencies latencies) {
    Map<String, List<Latencies.Row>> all = latencies.rows();
    if (all.isEmpty()) {
      return;
    }
    html.leaf("h2", "Latency");
    all.forEach(
        (server, rows) -> {
          html.leaf("h3", server);
          html.open(
              "div", "class", "wide", "tabindex", "0", "role", "region", "aria-label", server);
          html.open("table", "class", "latency").open("thead").open("tr").leaf("th", "Phase");
          for (String head : List.of("Count", "p50", "p90", "p99", "Max")) {
            html.leaf("th", head, "class", "n");
          }
          html.close().close().open("tbody");
          rows.forEach(row -> latency(html, row));
          html.close().close().close();
        });
  }

  private static void latency(Markup html, Latencies.Row row) {
    html.open("tr").leaf("td", row.what()).leaf("td", Long.toString(row.count()), "class", "n");
    for (Duration value : List.of(row.p50(), row.p90(), row.p99(), row.max())) {
      html.leaf("td", HtmlReport.units(value), "class", "n");
    }
    html.close();
  }
}
