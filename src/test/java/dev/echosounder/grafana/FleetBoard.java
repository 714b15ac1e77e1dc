package dev.echosounder.grafana;

import static dev.echosounder.grafana.Promql.RANGE;

/** What is up, what fails and why, what is slow, and whether the prober itself can be trusted. */
final class FleetBoard {
  private static final String DURATION = "echosounder_probe_duration_seconds";

  private FleetBoard() {}

  static Board board() {
    Board board =
        new Board(
            Links.FLEET,
            "Echosounder / Fleet",
            "What is up, what fails and why, what is slow, which certificates end, and how the"
                + " prober itself fares.",
            "now-1h");
    glance(board);
    failing(board);
    ranked(board);
    board.add(checks().size(24, 12));
    Prober.rows(board);
    return board;
  }

  private static void glance(Board board) {
    board.row("At a glance");
    board.add(
        Panel.of(
                Kind.STAT,
                "Checks failing now",
                "Checks whose newest run failed. Anything but 0 is listed below, with its cause.")
            .query("count(echosounder_probe_up{@} == 0) or vector(0)", "")
            .unit("short")
            .colours("green", 1, "red")
            .size(4, 4));
    board.add(
        Panel.of(
                Kind.STAT,
                "Connections down now",
                "Connections that should be kept open and are not. They come back by themselves;"
                    + " one that stays down fails to connect.")
            .query("count(echosounder_connection_open{@} == 0) or vector(0)", "")
            .unit("short")
            .colours("green", 1, "red")
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
                "Drops",
                "Kept connections that ended in the time range other than by our own close."
                    + " Estimated between scrapes, as Prometheus does it.")
            .query(
                "round(sum(increase(echosounder_connection_ends_total{@,"
                    + " cause!=\"closed_by_us\"}[$__range]))) or vector(0)",
                "")
            .unit("short")
            .colours("green", 1, "orange")
            .size(4, 4));
    board.add(
        Panel.of(
                Kind.STAT,
                "Next certificate to expire",
                "The time left of the server certificate that expires first.")
            .query("min(echosounder_certificate_not_after_timestamp_seconds{@}) - time()", "")
            .unit("dtdurations")
            .empty("no TLS")
            .colours("red", 7 * 86_400, "orange", 21 * 86_400, "green")
            .options("{\"text\": {\"valueSize\": 24}}")
            .size(4, 4));
    board.add(
        Panel.of(
                Kind.STAT,
                "Probers",
                "Whether Prometheus reaches every prober. While one is gone, its targets are not"
                    + " watched, and nothing here can be trusted.")
            .query("min(up{@job})", "")
            .unit("short")
            .empty("none is scraped")
            .colours("red", 1, "green")
            .called(0, "down", "red")
            .called(1, "all up", "green")
            .size(4, 4));
  }

  private static void failing(Board board) {
    board.row("Failures");
    String ever =
        "bottomk(30, avg by (target, check) (avg_over_time(%1$s{@}[$__range] @ end())) < 1)";
    String worst = "min by (target, check) (%1$s{@}) and on (target, check) " + ever;
    board.add(
        Panel.of(
                Kind.STATE_TIMELINE,
                "Checks that failed and connections that were down",
                "When each was up (green) and down (red): only those that were ever down in the"
                    + " time range, the 30 worst of each kind. A gap means that nothing was"
                    + " measured.")
            .query(worst.formatted("echosounder_probe_up"), "{{target}} · {{check}}")
            .query(worst.formatted("echosounder_connection_open"), "{{target}} · {{check}}")
            .unit("short")
            .empty("Nothing was down.")
            .colours("red", 1, "green")
            .called(0, "down", "red")
            .called(1, "up", "green")
            .link("Open the target", Links.ofSeries(Links.TARGET))
            .options("{\"legend\": {\"showLegend\": false}}")
            .size(12, 9));
    board.add(
        Panel.of(
                Kind.BARS,
                "Failures by cause",
                "Failed runs a minute, stacked by cause. One cause on many targets at once is most"
                    + " likely a network, a proxy or a certificate that they share.")
            .query(
                Promql.perMinute("echosounder_probe_failures_total", "{@}", "cause"), "{{cause}}")
            .unit("suffix:/min")
            .listed()
            .size(12, 9));
  }

  private static void ranked(Board board) {
    board.row("Worst first");
    board.add(
        Panel.of(
                Kind.BAR_GAUGE,
                "Lowest success ratio",
                "The ten checks with the lowest share of passed runs in the time range.")
            .query(
                "sort(bottomk(10, 1 - (" + Promql.failed("target, check", RANGE) + ")))",
                "{{target}} · {{check}}")
            .unit("percentunit")
            .empty("no runs")
            .defaults("{\"max\": 1, \"decimals\": 1}")
            .colours("red", 0.99, "orange", 0.999, "green")
            .link("Open the target", Links.ofSeries(Links.TARGET))
            .size(8, 9));
    board.add(
        Panel.of(
                Kind.BAR_GAUGE,
                "Slowest",
                "The ten checks with the longest duration at the 95th percentile of the time range:"
                    + " from a run's start to its end, failed runs included, so a timeout ranks"
                    + " high.")
            .query(
                "sort_desc(topk(10, ("
                    + Promql.quantile(0.95, DURATION, "{@}", "target, check", RANGE)
                    + ") > 0))",
                "{{target}} · {{check}}")
            .unit("s")
            .empty("no runs")
            .colours("blue")
            .link("Open the target", Links.ofSeries(Links.TARGET))
            .size(8, 9));
    board.add(
        Panel.of(
                Kind.BAR_GAUGE,
                "Certificates",
                "The time left of the ten server certificates that expire first. Orange from three"
                    + " weeks on, red from one.")
            .query(
                "sort(bottomk(10, min by (target)"
                    + " (echosounder_certificate_not_after_timestamp_seconds{@}) - time()))",
                "{{target}}")
            .unit("dtdurations")
            .empty("No target uses TLS.")
            .colours("red", 7 * 86_400, "orange", 21 * 86_400, "green")
            .link("Open the target", Links.ofSeries(Links.TARGET))
            .size(8, 9));
  }

  private static Panel checks() {
    String cause =
        "topk by (target, check) (1, sum by (target, check, cause)"
            + " (increase(echosounder_probe_failures_total{@}[$__range])"
            + " or increase(echosounder_connection_ends_total{@, cause!=\"closed_by_us\"}[$__range])"
            + " or increase(echosounder_connection_failures_total{@}[$__range])) > 0)";
    Panel panel =
        Panel.of(
                Kind.TABLE,
                "All checks",
                "Every check and kept connection, worst first. The cause is the most frequent one"
                    + " of the time range; the duration is the 95th percentile of runs. A kept"
                    + " connection has no runs: its success ratio is the share of time that it was"
                    + " open. Click a target to see why.")
            .query(
                "min by (target, check) (echosounder_probe_up{@} or echosounder_connection_open{@})",
                "")
            .query(
                "1 - ("
                    + Promql.failed("target, check", RANGE)
                    + ") or avg by (target, check)"
                    + " (avg_over_time(echosounder_connection_open{@}[$__range]))",
                "")
            .query(Promql.quantile(0.95, DURATION, "{@}", "target, check", RANGE), "")
            .query(cause, "")
            .unit("short")
            .empty("—")
            .transform("merge", "{}");
    return columns(panel);
  }

  private static Panel columns(Panel panel) {
    return panel
        .transform(
            "organize",
            """
            {"excludeByName": {"Time": true, "Value #D": true},
             "indexByName": {"target": 0, "check": 1, "Value #A": 2, "Value #B": 3, "cause": 4,
                             "Value #C": 5},
             "renameByName": {"Value #A": "now", "Value #B": "success ratio",
                              "Value #C": "duration, p95"}}
            """)
        .options(
            """
            {"sortBy": [{"displayName": "success ratio", "desc": false}]}
            """)
        .override("target", "links", Links.cell())
        .override("now", "mappings", Tables.UP_OR_DOWN)
        .override("now", "custom.cellOptions", "{\"type\": \"color-text\"}")
        .override("now", "custom.width", "90")
        .override("success ratio", "unit", "\"percentunit\"")
        .override("success ratio", "decimals", "2")
        .override("success ratio", "custom.cellOptions", Tables.GAUGE)
        .override("success ratio", "max", "1")
        .override("success ratio", "min", "0")
        .override("success ratio", "thresholds", Tables.RATIO)
        .override("success ratio", "color", "{\"mode\": \"thresholds\"}")
        .override("duration, p95", "unit", "\"s\"");
  }
}
