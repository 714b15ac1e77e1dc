package dev.echosounder.grafana;

import static dev.echosounder.grafana.Promql.RANGE;
import static dev.echosounder.grafana.Promql.RATE;

import dev.echosounder.ws.Phase;

/** One target, or a few: how fast, where the time goes, what fails and why. */
final class TargetBoard {
  private static final String DURATION = "echosounder_probe_duration_seconds";
  private static final String ROUND_TRIP = "echosounder_round_trip_seconds";
  private static final String PHASE = "echosounder_phase_seconds";

  private TargetBoard() {}

  static Board board() {
    Board board =
        new Board(
            Links.TARGET,
            "Echosounder / Target",
            "One target, or a few: how fast it is and where the time goes, what fails and why.",
            "now-1h");
    board.variable(
        Variables.text(
            "prober",
            "Status page",
            "Where your browser reaches the prober's status page, which has the transcripts.",
            "http://localhost:9115"));
    glance(board);
    results(board);
    latency(board);
    phases(board);
    return board;
  }

  private static void glance(Board board) {
    board.row("At a glance");
    board.add(
        Panel.of(
                Kind.STAT,
                "Now",
                "Whether the newest run of each selected check passed and each kept connection is"
                    + " open: down if one of them is not.")
            .query("min(echosounder_probe_up{@} or echosounder_connection_open{@})", "")
            .unit("short")
            .empty("no result yet")
            .colours("red", 1, "green")
            .called(0, "down", "red")
            .called(1, "up", "green")
            .size(4, 4));
    board.add(
        Panel.of(Kind.STAT, "Success ratio", "Runs that passed among all runs of the time range.")
            .query("1 - (" + Promql.failed("", RANGE) + ")", "")
            .unit("percentunit")
            .empty("no runs")
            .defaults("{\"decimals\": 2}")
            .colours("red", 0.99, "orange", 0.999, "green")
            .size(4, 4));
    board.add(
        Panel.of(
                Kind.STAT,
                "Duration, p95",
                "95 of 100 runs of the time range took at most this long, from start to end.")
            .query(Promql.quantile(0.95, DURATION, "{@}", "", RANGE), "")
            .unit("s")
            .empty("no runs")
            .colours("blue")
            .size(4, 4));
    board.add(
        Panel.of(
                Kind.STAT,
                "Round trip, p50",
                "Half of the messages and pings of the time range were answered within this time,"
                    + " on an open connection.")
            .query(Promql.quantile(0.5, ROUND_TRIP, "{@}", "", RANGE), "")
            .unit("s")
            .empty("no answers")
            .colours("blue")
            .size(4, 4));
    board.add(
        Panel.of(
                Kind.STAT,
                "Certificate",
                "The time left of the server's certificate; the one that expires first if there are"
                    + " several.")
            .query("min(echosounder_certificate_not_after_timestamp_seconds{@}) - time()", "")
            .unit("dtdurations")
            .empty("no TLS")
            .colours("red", 7 * 86_400, "orange", 21 * 86_400, "green")
            .options("{\"text\": {\"valueSize\": 24}}")
            .size(4, 4));
    board.add(
        Panel.text(
                "Transcripts",
                "Leads to the prober's own pages, which keep every event of the newest runs and"
                    + " failures.",
                """
                **[What was said, run by run](${prober}/target/${target:percentencode})**
                — choose one target first.
                """)
            .size(4, 4));
  }

  private static void results(Board board) {
    board.row("Results");
    board.add(
        Panel.of(
                Kind.STATE_TIMELINE,
                "Up and down",
                "Green while the newest run of a check passed or a kept connection was open, red"
                    + " while not. A gap means that nothing was measured.")
            .query("min by (target, check) (echosounder_probe_up{@})", "{{target}} · {{check}}")
            .query(
                "min by (target, check) (echosounder_connection_open{@})", "{{target}} · {{check}}")
            .unit("short")
            .empty("no result yet")
            .colours("red", 1, "green")
            .called(0, "down", "red")
            .called(1, "up", "green")
            .options("{\"legend\": {\"showLegend\": false}}")
            .size(8, 8));
    board.add(
        Panel.of(
                Kind.BARS,
                "Runs by result",
                "Runs a minute that passed and that failed. The sum is steady: a dip means that"
                    + " runs were skipped.")
            .query(
                "60 * (sum(rate(echosounder_probe_runs_total{@}[$__rate_interval]))"
                    + " - sum(rate(echosounder_probe_failures_total{@}[$__rate_interval])))",
                "passed")
            .query(
                "60 * sum(rate(echosounder_probe_failures_total{@}[$__rate_interval]))", "failed")
            .unit("suffix:/min")
            .override("passed", "color", "{\"mode\": \"fixed\", \"fixedColor\": \"green\"}")
            .override("failed", "color", "{\"mode\": \"fixed\", \"fixedColor\": \"red\"}")
            .size(8, 8));
    board.add(
        Panel.of(
                Kind.BARS,
                "Failures by cause",
                "Failed runs a minute, stacked by cause. The transcript of a failed run, on the"
                    + " prober's status page, says what was expected and what was seen.")
            .query(
                Promql.perMinute("echosounder_probe_failures_total", "{@}", "cause"), "{{cause}}")
            .unit("suffix:/min")
            .size(8, 8));
  }

  private static void latency(Board board) {
    board.row("Latency");
    board.add(
        Panel.of(
                Kind.HEATMAP,
                "Duration of runs",
                "Each column is a moment, each cell a range of durations, darker with more runs."
                    + " Two bands are two kinds of answers, for example a cache that hits or"
                    + " misses.")
            .query(Promql.buckets(DURATION, "{@}"), "{{le}}")
            .unit("s")
            .empty("no runs")
            .size(12, 9));
    board.add(
        quantiles(
                "Duration, quantiles",
                "Time from a run's start to its end, failed runs included. A p99 that leaves the p50"
                    + " behind is a few slow runs; all of them rising is a slow target.",
                DURATION)
            .size(12, 9));
    board.add(
        quantiles(
                "Round trip, quantiles",
                "Time from a message or ping of ours to its answer, on an open connection: the"
                    + " application's own speed, without connecting.",
                ROUND_TRIP)
            .size(12, 8));
    board.add(
        Panel.of(
                Kind.TIME_SERIES,
                "Duration by check, p95",
                "The same for each check: which of several is the slow one.")
            .query(
                Promql.quantile(0.95, DURATION, "{@}", "target, check", RATE),
                "{{target}} · {{check}}")
            .unit("s")
            .empty("no runs")
            .logarithmic()
            .listed()
            .size(12, 8));
  }

  private static Panel quantiles(String title, String description, String histogram) {
    return Panel.of(Kind.TIME_SERIES, title, description)
        .query(Promql.quantile(0.5, histogram, "{@}", "", RATE), "p50")
        .query(Promql.quantile(0.9, histogram, "{@}", "", RATE), "p90")
        .query(Promql.quantile(0.99, histogram, "{@}", "", RATE), "p99")
        .unit("s")
        .empty("nothing measured")
        .logarithmic()
        .listed();
  }

  private static void phases(Board board) {
    board.row("Where the time goes");
    Panel stacked =
        Panel.of(
            Kind.TIME_SERIES,
            "Phases, stacked",
            "The mean time of each phase of a run's connection, in the order in which they happen."
                + " The layer that grows is the one to look at: dns and tcp are the network, tls"
                + " and upgrade the server or a proxy, echo the application.");
    for (Phase phase : Phase.values()) {
      String selector = "{@, phase=\"%s\"}".formatted(phase.label());
      stacked.query(Promql.mean(PHASE, selector, "", RATE), phase.label());
    }
    board.add(
        stacked
            .unit("s")
            .empty("no connection yet")
            .listed()
            .defaults(
                """
                {"custom": {"stacking": {"mode": "normal"}, "fillOpacity": 60, "lineWidth": 1,
                            "showPoints": "never"}}
                """)
            .size(16, 9));
    board.add(
        Panel.of(
                Kind.TIME_SERIES,
                "Idle limit",
                "The silence after which the server, or something before it, cut a connection when"
                    + " an idle check last found out. A heartbeat must be more frequent than that;"
                    + " a step means that a time-out on the way was changed.")
            .query(
                "min by (target, check) (echosounder_idle_timeout_seconds{@})",
                "{{target}} · {{check}}")
            .unit("s")
            .empty("no idle check, or no limit found")
            .size(8, 9));
  }
}
