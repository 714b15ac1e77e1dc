package dev.echosounder.grafana;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Marks over every panel's time line. */
final class Annotations {
  private Annotations() {}

  static void common(ArrayNode list) {
    list.add(
        query(
            "Drops",
            "red",
            "sum by (target, check, cause) (increase(echosounder_connection_ends_total{@,"
                + " cause!=\"closed_by_us\"}[$__rate_interval])) > 0",
            "{{target}} dropped",
            "{{check}}: {{cause}}"));
    ObjectNode loaded =
        query(
            "Configuration loaded",
            "blue",
            "1000 * echosounder_config_last_reload_success_timestamp_seconds{@job}",
            "Configuration loaded",
            "{{instance}}");
    // In milliseconds, as Grafana wants times.
    list.add(loaded.put("useValueForTime", true));
    list.add(
        query(
            "Configuration rejected",
            "orange",
            "echosounder_config_last_reload_successful{@job} == bool 0",
            "Configuration rejected",
            "{{instance}} keeps the one before; its log says why"));
  }

  private static ObjectNode query(
      String name, String colour, String expr, String title, String text) {
    ObjectNode annotation = Json.object("{}").put("name", name).put("enable", true);
    annotation.put("hide", false).put("iconColor", colour);
    annotation.set("datasource", Panel.source());
    annotation.put("expr", Promql.selected(expr)).put("step", "30s");
    annotation.put("titleFormat", title).put("textFormat", text);
    return annotation.put("tagKeys", "").put("useValueForTime", false);
  }
}
