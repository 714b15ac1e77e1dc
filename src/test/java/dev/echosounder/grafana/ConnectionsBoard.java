package dev.echosounder.grafana;

import static dev.echosounder.grafana.Promql.RANGE;
import static dev.echosounder.grafana.Promql.RATE;

/** Connections that are kept open: whether they are, why they drop, how fast they come back. */
final class ConnectionsBoard {
  private static final String RECOVERY = "echosounder_connection_recovery_seconds";
  private static final String LIFETIME = "echosounder_connection_lifetime_seconds";
  private static final String HEARTBEAT = "echosounder_heartbeat_round_trip_seconds";
  private static final String DROPS =
      "increase(echosounder_connection_ends_total{@, cause!=\"closed_by_us\"}[$__range])";

  private ConnectionsBoard() {}

  static Board board() {
    Board board =
        new Board(
            Links.CONNECTIONS,
            "Echosounder / Connections",
            "Connections that are kept open: whether they are, why they drop, how fast they come"
                + " back.",
            "now-1h");
    glance(board);
    drops(board);
    lives(board);
    traffic(board);
    return board;
  }

  private static void glance(Board board) {
    board.row("At a glance");
    board.add(
        Panel.of(Kind.STAT, "Down now", "Connections that should be open and are not.")
            .query("count(echosounder_connection_open{@} == 0) or vector(0)", "")
            .unit("short")
            .colours("green", 1, "red")
            .size(4, 4));
    board.add(
        Panel.of(
                Kind.STAT,
                "Time open",
                "The share of the time range that the connections were open, as seen at scrapes: a"
                    + " connection that comes back between two of them was not seen down.")
            .query("avg(avg_over_time(echosounder_connection_open{@}[$__range]))", "")
            .unit("percentunit")
            .empty("none is kept")
            .defaults("{\"decimals\": 2}")
            .colours("red", 0.99, "orange", 0.999, "green")
            .size(4, 4));
    board.add(
        Panel.of(
                Kind.STAT,
                "Drops",
                "Connections that ended in the time range other than by our own close. Estimated"
                    + " between scrapes, as Prometheus does it.")
            .query("round(sum(" + DROPS + ")) or vector(0)", "")
            .unit("short")
            .colours("green", 1, "orange")
            .size(4, 4));
    board.add(
        Panel.of(
                Kind.STAT,
                "Drops per hour",
                "The rate of drops of one connection. Above 1 something cuts connections"
                    + " regularly: see the lifetimes below for its period.")
            .query(
                "3600 * sum(rate(echosounder_connection_ends_total{@,"
                    + " cause!=\"closed_by_us\"}[$__range]))"
                    + " / count(echosounder_connection_open{@})",
                "")
            .unit("suffix:/h")
            .empty("none is kept")
            .defaults("{\"decimals\": 2}")
            .colours("green", 0.1, "orange", 1, "red")
            .size(4, 4));
    board.add(
        Panel.of(
                Kind.STAT,
                "Time to recover, p90",
                "Nine of ten drops of the time range were repaired within this time, the wait"
                    + " before reconnecting included.")
            .query(Promql.quantile(0.9, RECOVERY, "{@}", "", RANGE), "")
            .unit("s")
            .empty("no recovery")
            .colours("green", 10, "orange", 60, "red")
            .size(4, 4));
    board.add(
        Panel.of(
                Kind.STAT,
                "Failed attempts",
                "The share of the time range's attempts to connect that failed. High together with"
                    + " connections down: the server refuses us, or cannot be reached.")
            .query(
                "sum(increase(echosounder_connection_failures_total{@}[$__range])) / clamp_min("
                    + "sum(increase(echosounder_connection_attempts_total{@}[$__range])), 1e-9)",
                "")
            .unit("percentunit")
            .empty("none is kept")
            .defaults("{\"decimals\": 1}")
            .colours("green", 0.01, "orange", 0.1, "red")
            .size(4, 4));
  }

  private static void drops(Board board) {
    board.row("Drops");
    board.add(
        Panel.of(
                Kind.TIME_SERIES,
                "Open and wanted",
                "Connections that are open, and those that should be. The gap between the lines is"
                    + " what is missing; many lost at once come back slowly, on purpose.")
            .query("count(echosounder_connection_open{@})", "wanted")
            .query("sum(echosounder_connection_open{@})", "open")
            .unit("short")
            .empty("No connection is kept.")
            .override("wanted", "color", "{\"mode\": \"fixed\", \"fixedColor\": \"text\"}")
            .override("wanted", "custom.lineStyle", "{\"fill\": \"dash\", \"dash\": [6, 6]}")
            .override("wanted", "custom.fillOpacity", "0")
            .override("open", "color", "{\"mode\": \"fixed\", \"fixedColor\": \"green\"}")
            .size(8, 9));
    board.add(
        Panel.of(
                Kind.BARS,
                "Drops by cause",
                "Drops a minute, stacked by cause. eof and reset: cut without a word, often by"
                    + " something between. peer_going_away: a restart or a deployment. idle_cut: the"
                    + " heartbeat is too slow. liveness_timeout: silence, the peer may be gone.")
            .query(
                Promql.perMinute(
                    "echosounder_connection_ends_total", "{@, cause!=\"closed_by_us\"}", "cause"),
                "{{cause}}")
            .unit("suffix:/min")
            .size(8, 9));
    board.add(
        Panel.of(
                Kind.BARS,
                "Ends by close code",
                "Ends a minute, our own closes included, by the code of the close frame; 1006"
                    + " means that none was received.")
            .query(
                Promql.perMinute("echosounder_connection_close_codes_total", "{@}", "code"),
                "{{code}}")
            .unit("suffix:/min")
            .size(8, 9));
    board.add(
        Panel.of(
                Kind.BAR_GAUGE,
                "Most drops",
                "The ten connections that dropped most often in the time range.")
            .query(
                "sort_desc(topk(10, sum by (target, check) (" + DROPS + ") > 0))",
                "{{target}} · {{check}}")
            .unit("short")
            .empty("Nothing dropped.")
            .defaults("{\"decimals\": 0}")
            .colours("orange")
            .link("Open the target", Links.ofSeries(Links.TARGET))
            .size(8, 9));
    board.add(
        Panel.of(
                Kind.BARS,
                "Connections opened",
                "Connections opened a minute. A high bar after a dip of the open ones is a herd"
                    + " that comes back; a steady level is a connection that never holds.")
            .query(
                "60 * sum(rate(echosounder_connections_opened_total{@}[$__rate_interval]))",
                "opened")
            .unit("suffix:/min")
            .empty("No connection is kept.")
            .override("opened", "color", "{\"mode\": \"fixed\", \"fixedColor\": \"green\"}")
            .size(8, 9));
    board.add(
        Panel.of(
                Kind.BARS,
                "Failed attempts by cause",
                "Attempts to open a connection that failed, a minute, stacked by cause.")
            .query(
                Promql.perMinute("echosounder_connection_failures_total", "{@}", "cause"),
                "{{cause}}")
            .unit("suffix:/min")
            .size(8, 9));
  }

  private static void lives(Board board) {
    board.row("Lifetime and recovery");
    board.add(
        Panel.of(
                Kind.HEATMAP,
                "Lifetime of connections that ended",
                "Each cell counts connections that ended at that moment after living that long. A"
                    + " band at one height is a limit on the way, for example of a load balancer.")
            .query(Promql.buckets(LIFETIME, "{@}"), "{{le}}")
            .unit("s")
            .empty("No connection ended.")
            .size(12, 9));
    board.add(
        Panel.of(
                Kind.TIME_SERIES,
                "Time to recover",
                "Time from a drop until the connection was open again. The wait before a first"
                    + " attempt is random on purpose, and doubles with every failure in a row.")
            .query(Promql.quantile(0.5, RECOVERY, "{@}", "", RATE), "p50")
            .query(Promql.quantile(0.9, RECOVERY, "{@}", "", RATE), "p90")
            .query(Promql.quantile(0.99, RECOVERY, "{@}", "", RATE), "p99")
            .unit("s")
            .empty("Nothing had to recover.")
            .listed()
            .defaults("{\"custom\": {\"showPoints\": \"always\"}}")
            .size(12, 9));
    board.add(
        Panel.of(
                Kind.TIME_SERIES,
                "Heartbeat round trip",
                "Time from a heartbeat to its answer. Rising slowly: the peer gets busy. No values:"
                    + " no heartbeat is configured, or nothing answers.")
            .query(Promql.quantile(0.5, HEARTBEAT, "{@}", "", RATE), "p50")
            .query(Promql.quantile(0.99, HEARTBEAT, "{@}", "", RATE), "p99")
            .unit("s")
            .empty("no heartbeat")
            .logarithmic()
            .listed()
            .size(12, 8));
    board.add(
        Panel.of(
                Kind.BAR_GAUGE,
                "Shortest idle limits",
                "The silence after which connections to a target are cut, as idle checks last"
                    + " found out. The heartbeat of every connection has to be more frequent.")
            .query(
                "sort(bottomk(10, min by (target, check) (echosounder_idle_timeout_seconds{@})))",
                "{{target}} · {{check}}")
            .unit("s")
            .empty("no idle check, or no limit found")
            .colours("blue")
            .link("Open the target", Links.ofSeries(Links.TARGET))
            .size(12, 8));
  }

  private static void traffic(Board board) {
    board.row("Traffic");
    board.add(
        Panel.of(
                Kind.TIME_SERIES,
                "Messages",
                "Messages and control frames of kept connections. Heartbeats should show as many"
                    + " pongs received as pings sent.")
            .query(
                "sum by (direction, opcode)"
                    + " (rate(echosounder_messages_total{@}[$__rate_interval])) > 0"
                    + " or on () label_replace(vector(0), \"direction\", \"none\", \"\", \"\")",
                "{{direction}} {{opcode}}")
            .unit("suffix:/s")
            .listed()
            .size(12, 8));
    board.add(
        Panel.of(
                Kind.TIME_SERIES,
                "Payload",
                "Payload of kept connections as on the wire: compressed if compression was"
                    + " negotiated.")
            .query(
                "sum by (direction) (rate(echosounder_bytes_total{@}[$__rate_interval]))",
                "{{direction}}")
            .unit("Bps")
            .empty("No connection is kept.")
            .listed()
            .size(12, 8));
  }
}
