package dev.echosounder.grafana;

import java.util.List;

/** Objectives for availability and latency: whether they are met, and what is left to spend. */
final class SloBoard {
  private static final String DURATION = "echosounder_probe_duration_seconds";
  private static final String WINDOW = "$window";
  private static final String ALLOWED = "(1 - $objective / 100)";
  private static final String ALLOWED_SLOW = "(1 - $share / 100)";

  private SloBoard() {}

  static Board board() {
    Board board =
        new Board(
            Links.SLO,
            "Echosounder / SLO",
            "Objectives for availability and latency over a window that ends now: whether they are"
                + " met, how fast the budget for errors burns, and what is left of it.",
            "now-24h");
    variables(board);
    availability(board);
    burn(board);
    spenders(board);
    latency(board);
    connections(board);
    board.row("Each check").add(checks().size(24, 10));
    return board;
  }

  private static void variables(Board board) {
    board
        .variable(
            Variables.choice(
                "objective",
                "Availability, %",
                "This share of the runs shall pass.",
                "99.9",
                List.of("90", "95", "99", "99.5", "99.9", "99.95", "99.99")))
        .variable(
            Variables.choice(
                "latency",
                "Fast enough",
                "A run that takes at most this long is fast enough. The choices are the bounds of"
                    + " the histogram's buckets, so the counts are exact.",
                "0.5",
                List.of(
                    "5 ms : 0.005",
                    "10 ms : 0.01",
                    "25 ms : 0.025",
                    "50 ms : 0.05",
                    "100 ms : 0.1",
                    "250 ms : 0.25",
                    "500 ms : 0.5",
                    "1 s : 1",
                    "2.5 s : 2.5",
                    "10 s : 10")))
        .variable(
            Variables.choice(
                "share",
                "Latency, %",
                "This share of the runs shall be fast enough.",
                "99",
                List.of("90", "95", "99", "99.5", "99.9")))
        .variable(
            Variables.choice(
                "window",
                "Window",
                "What the objectives are about: this long, up to now.",
                "30d",
                List.of("1h", "1d", "7d", "28d", "30d")));
  }

  private static Panel ratio(String title, String description, String expr) {
    return Panel.of(Kind.STAT, title, description)
        .query(expr, "")
        .unit("percentunit")
        .empty("no runs")
        .defaults("{\"decimals\": 2}")
        .size(6, 4);
  }

  private static String left(String failed, String allowed) {
    return "1 - (" + failed + ") / " + allowed;
  }

  private static void availability(Board board) {
    String failed = Promql.failed("", WINDOW);
    board.row("Availability over the window");
    board.add(
        ratio(
                "Availability",
                "Runs that passed among all runs of the window. Colours are those of common"
                    + " objectives; your own is in the budget beside it.",
                "1 - (" + failed + ")")
            .defaults("{\"decimals\": 3}")
            .colours("red", 0.99, "orange", 0.999, "green"));
    board.add(
        ratio(
                "Budget left",
                "How much of the failures that the objective allows is left: 100 % is none used,"
                    + " below 0 the objective is missed.",
                left(failed, ALLOWED))
            .defaults("{\"decimals\": 0}")
            .colours("red", 0, "orange", 0.25, "green"));
    board.add(
        Panel.of(
                Kind.STAT,
                "Burn rate, last hour",
                "How fast the budget is being used: at 1 it lasts exactly as long as the window, at"
                    + " 14.4 two days of 30.")
            .query("(" + Promql.failed("", "1h") + ") / " + ALLOWED, "")
            .unit("suffix: ×")
            .empty("no runs")
            .defaults("{\"decimals\": 1}")
            .colours("green", 1, "orange", 14.4, "red")
            .size(6, 4));
    board.add(
        Panel.of(
                Kind.STAT,
                "Runs counted",
                "All runs of the window. With few of them one failure weighs much: 1 in 1,000 is"
                    + " all that 99.9 % allows.")
            .query(
                "round(sum(increase(echosounder_probe_runs_total{@}[$window]))) or vector(0)", "")
            .unit("short")
            .colours("blue")
            .size(6, 4));
  }

  private static void burn(Board board) {
    board.row("Burn");
    Panel rates =
        Panel.of(
            Kind.TIME_SERIES,
            "Burn rates",
            "How fast the budget was being used, averaged over the time before each moment."
                + " Worth waking somebody: 1h and 5m both above 14.4, or 6h and 30m above 6. Worth a"
                + " ticket: 3d above 1. A short average falls first when the trouble is over.");
    for (String window : List.of("5m", "30m", "1h", "6h", "3d")) {
      rates.query("(" + Promql.failed("", window) + ") / " + ALLOWED, window);
    }
    board.add(
        rates
            .unit("suffix: ×")
            .empty("no runs")
            .colours("transparent", 1, "yellow", 6, "orange", 14.4, "red")
            .defaults(
                """
                {"custom": {"thresholdsStyle": {"mode": "line"}, "fillOpacity": 0, "axisSoftMax": 16}}
                """)
            .size(12, 9));
    board.add(
        Panel.of(
                Kind.TIME_SERIES,
                "Budget left",
                "What was left at each moment of the budget of the window that ended then. It"
                    + " recovers when failures leave the window. Below 0 the objective is missed;"
                    + " what is below −100 % is not drawn.")
            .query(left(Promql.failed("", WINDOW), ALLOWED), "availability")
            .query(
                left(
                    "1 - (" + Promql.within("$latency", DURATION, "{@}", "", WINDOW) + ")",
                    ALLOWED_SLOW),
                "latency")
            .unit("percentunit")
            .empty("no runs")
            .colours("red", 0, "transparent")
            .defaults(
                """
                {"min": -1, "max": 1, "custom": {"thresholdsStyle": {"mode": "line"}}}
                """)
            .size(12, 9));
  }

  private static void spenders(Board board) {
    board.add(
        Panel.of(
                Kind.BAR_GAUGE,
                "Who used the budget",
                "The ten checks that used most of their own budget. 100 % is all of it.")
            .query(
                "sort_desc(topk(10, ("
                    + Promql.failed("target, check", WINDOW)
                    + ") / "
                    + ALLOWED
                    + " > 0))",
                "{{target}} · {{check}}")
            .unit("percentunit")
            .empty("Nobody: no run failed.")
            .defaults("{\"decimals\": 0}")
            .colours("green", 0.75, "orange", 1, "red")
            .link("Open the target", Links.ofSeries(Links.TARGET))
            .size(12, 8));
    board.add(
        Panel.of(
                Kind.BAR_GAUGE,
                "What used the budget",
                "The budget that all selected checks have together, by the cause of the failures"
                    + " that used it. 100 % is all of it.")
            .query(
                "sort_desc(sum by (cause) (increase(echosounder_probe_failures_total{@}[$window]))"
                    + " / on () group_left ()"
                    + " sum(increase(echosounder_probe_runs_total{@}[$window])) / "
                    + ALLOWED
                    + " > 0)",
                "{{cause}}")
            .unit("percentunit")
            .empty("Nothing: no run failed.")
            .defaults("{\"decimals\": 0}")
            .colours("green", 0.75, "orange", 1, "red")
            .size(12, 8));
  }

  private static void latency(Board board) {
    String within = Promql.within("$latency", DURATION, "{@}", "", WINDOW);
    board.row("Latency over the window");
    board.add(
        ratio(
                "Fast enough",
                "Runs that took at most the time chosen above among all runs of the window. A run"
                    + " that failed at once counts as fast: read it beside the availability. Leave out by"
                    + " the variable Check what is slow by nature, as idle checks are.",
                within)
            .colours("red", 0.95, "orange", 0.99, "green")
            .size(6, 8));
    board.add(
        ratio(
                "Budget left for slow runs",
                "How much of the slow runs that the objective allows is left; below 0 the objective"
                    + " is missed.",
                left("1 - (" + within + ")", ALLOWED_SLOW))
            .defaults("{\"decimals\": 0}")
            .colours("red", 0, "orange", 0.25, "green")
            .size(6, 8));
    board.add(
        Panel.of(
                Kind.TIME_SERIES,
                "Fast enough, hour by hour",
                "The share of runs that were fast enough in the hour before each moment.")
            .query(Promql.within("$latency", DURATION, "{@}", "", "1h"), "fast enough")
            .unit("percentunit")
            .empty("no runs")
            .defaults("{\"max\": 1}")
            .size(12, 8));
  }

  private static void connections(Board board) {
    board.row("Kept connections over the window");
    board.add(
        ratio(
                "Time open",
                "The share of the window that kept connections were open, as seen at scrapes.",
                "avg(avg_over_time(echosounder_connection_open{@}[$window]))")
            .empty("none is kept")
            .colours("red", 0.99, "orange", 0.999, "green")
            .size(6, 8));
    board.add(
        Panel.of(
                Kind.BAR_GAUGE,
                "Least time open",
                "The ten kept connections that were open for the smallest share of the window.")
            .query(
                "sort(bottomk(10, avg by (target, check)"
                    + " (avg_over_time(echosounder_connection_open{@}[$window]))))",
                "{{target}} · {{check}}")
            .unit("percentunit")
            .empty("none is kept")
            .defaults("{\"max\": 1, \"decimals\": 2}")
            .colours("red", 0.99, "orange", 0.999, "green")
            .link("Open the target", Links.ofSeries(Links.TARGET))
            .size(18, 8));
  }

  private static Panel checks() {
    String failed = Promql.failed("target, check", WINDOW);
    return Panel.of(
            Kind.TABLE,
            "Each check against the objectives",
            "Every check over the window, least budget first. Burn rates say whether it is getting"
                + " worse now.")
        .query("1 - (" + failed + ")", "")
        .query(left(failed, ALLOWED), "")
        .query("(" + Promql.failed("target, check", "1h") + ") / " + ALLOWED, "")
        .query("(" + Promql.failed("target, check", "6h") + ") / " + ALLOWED, "")
        .query(Promql.within("$latency", DURATION, "{@}", "target, check", WINDOW), "")
        .query(
            "round(sum by (target, check) (increase(echosounder_probe_runs_total{@}[$window])))",
            "")
        .unit("percentunit")
        .empty("—")
        .defaults("{\"decimals\": 2}")
        .transform("merge", "{}")
        .transform(
            "organize",
            """
            {"excludeByName": {"Time": true},
             "indexByName": {"target": 0, "check": 1, "Value #A": 2, "Value #B": 3, "Value #C": 4,
                             "Value #D": 5, "Value #E": 6, "Value #F": 7},
             "renameByName": {"Value #A": "availability", "Value #B": "budget left",
                              "Value #C": "burn, 1h", "Value #D": "burn, 6h",
                              "Value #E": "fast enough", "Value #F": "runs"}}
            """)
        .options("{\"sortBy\": [{\"displayName\": \"budget left\", \"desc\": false}]}")
        .override("target", "links", Links.cell())
        .override("budget left", "decimals", "0")
        .override("budget left", "custom.cellOptions", "{\"type\": \"color-text\"}")
        .override("budget left", "thresholds", Tables.BUDGET)
        .override("availability", "decimals", "3")
        .override("burn, 1h", "unit", "\"suffix: ×\"")
        .override("burn, 6h", "unit", "\"suffix: ×\"")
        .override("runs", "unit", "\"short\"")
        .override("runs", "decimals", "0");
  }
}
