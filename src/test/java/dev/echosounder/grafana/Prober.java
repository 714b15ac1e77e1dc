package dev.echosounder.grafana;

import static dev.echosounder.grafana.Promql.RATE;

/** How the prober itself fares: whether a late or slow run is the target's doing or our own. */
final class Prober {
  private static final String LAG = "echosounder_schedule_lag_seconds";
  private static final String PAUSE = "echosounder_pause_seconds";
  private static final String JOB = "{@job}";

  private Prober() {}

  static void rows(Board board) {
    board.row("The prober itself");
    board.add(
        Panel.of(
                Kind.TIME_SERIES,
                "Schedule lag",
                "From the instant a run was meant to start to its real start: our own delay, no"
                    + " target's. Above some 100 ms the prober is overloaded and its latencies are"
                    + " suspect.")
            .query(Promql.quantile(0.5, LAG, JOB, "instance", RATE), "p50 {{instance}}")
            .query(Promql.quantile(0.99, LAG, JOB, "instance", RATE), "p99 {{instance}}")
            .unit("s")
            .size(8, 8));
    board.add(
        Panel.of(
                Kind.TIME_SERIES,
                "Time stalled",
                "The share of time that the whole process stood still, for example in garbage"
                    + " collection or on a busy machine. A latency spike at the same moment is"
                    + " ours.")
            .query(Promql.share(PAUSE, JOB, "instance", RATE), "stalled {{instance}}")
            .query(
                "sum by (instance) (rate(jvm_gc_pause_seconds_sum{@job}[$__rate_interval]))",
                "of it, collecting {{instance}}")
            .unit("percentunit")
            .size(8, 8));
    board.add(
        Panel.of(
                Kind.BARS,
                "Runs skipped, by reason",
                "Intended instants that passed without a run. overlap: the run before took longer"
                    + " than the interval. saturated or late: this prober has too much to do."
                    + " declined: the check could not run.")
            .query(
                Promql.perMinute("echosounder_probe_skipped_total", "{@}", "reason"), "{{reason}}")
            .unit("suffix:/min")
            .size(8, 8));
    runtime(board);
    identity(board);
  }

  private static void runtime(Board board) {
    board.add(
        Panel.of(
                Kind.TIME_SERIES,
                "CPU",
                "Cores in use. When it reaches the cores or the limit that the prober has, lag and"
                    + " stalls follow.")
            .query(
                "sum by (instance) (rate(process_cpu_seconds_total{@job}[$__rate_interval]))",
                "{{instance}}")
            .unit("suffix: cores")
            .size(8, 7));
    board.add(
        Panel.of(
                Kind.TIME_SERIES,
                "Heap",
                "Memory of the Java heap: in use, and taken from the machine. In use rises and falls"
                    + " with collections; valleys that keep rising are a leak. The most that it may"
                    + " take is in the table below.")
            .query(
                "sum by (instance) (jvm_memory_used_bytes{@job, area=\"heap\"})",
                "used {{instance}}")
            .query(
                "sum by (instance) (jvm_memory_committed_bytes{@job, area=\"heap\"})",
                "taken {{instance}}")
            .unit("bytes")
            .size(8, 7));
    board.add(
        Panel.of(
                Kind.TIME_SERIES,
                "Files and threads",
                "Open files (each connection is one) and threads. Threads do not grow with targets;"
                    + " files do, and the most that it may open is in the table below.")
            .query("sum by (instance) (process_files_open_files{@job})", "files {{instance}}")
            .query("sum by (instance) (jvm_threads_live_threads{@job})", "threads {{instance}}")
            .unit("short")
            .size(8, 7));
  }

  private static void identity(Board board) {
    Panel panel =
        Panel.of(
                Kind.TABLE,
                "Probers",
                "Each prober with its version, how long it has run, whether it took its newest"
                    + " configuration and when it last took one, how many files it may open and how"
                    + " much heap it may take."
                    + " After a rejected configuration the one before stays in force.")
            .query("max by (instance, version, java) (echosounder_build_info{@job})", "")
            .query("time() - max by (instance) (process_start_time_seconds{@job})", "")
            .query("min by (instance) (echosounder_config_last_reload_successful{@job})", "")
            .query(
                "1000 * max by (instance)"
                    + " (echosounder_config_last_reload_success_timestamp_seconds{@job})",
                "")
            .query("max by (instance) (process_files_max_files{@job})", "")
            .query("sum by (instance) (jvm_memory_max_bytes{@job, area=\"heap\"} > 0)", "")
            .unit("short")
            .empty("No prober is scraped.")
            .transform("merge", "{}");
    board.add(columns(panel).size(24, 5));
  }

  private static Panel columns(Panel panel) {
    return panel
        .transform(
            "organize",
            """
            {"excludeByName": {"Time": true, "Value #A": true},
             "indexByName": {"instance": 0, "version": 1, "java": 2, "Value #B": 3, "Value #C": 4,
                             "Value #D": 5, "Value #E": 6, "Value #F": 7},
             "renameByName": {"Value #B": "running for", "Value #C": "configuration",
                              "Value #D": "taken at", "Value #E": "files at most",
                              "Value #F": "heap at most"}}
            """)
        .override("java", "custom.width", "260")
        .override("running for", "unit", "\"dtdurations\"")
        .override("heap at most", "unit", "\"bytes\"")
        .override("taken at", "unit", "\"dateTimeAsIso\"")
        .override("configuration", "custom.cellOptions", "{\"type\": \"color-text\"}")
        .override(
            "configuration",
            "mappings",
            """
            [{"type": "value", "options": {"0": {"text": "rejected", "color": "red"},
                                           "1": {"text": "in force", "color": "green"}}}]
            """);
  }
}
