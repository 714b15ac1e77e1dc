package dev.echosounder.grafana;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Template variables. Each narrows down those after it. */
final class Variables {
  /** Has a series for every check, one kind or the other. */
  private static final String CHECKS =
      "{__name__=~\"echosounder_probe_runs_total|echosounder_connection_open\", ";

  private Variables() {}

  static void common(ArrayNode list) {
    list.add(
        Json.object(
            """
            {"type": "datasource", "name": "datasource", "label": "Data source",
             "description": "The Prometheus that scrapes the probers.",
             "query": "prometheus", "regex": "", "refresh": 1, "hide": 0, "multi": false,
             "includeAll": false, "skipUrlSync": false, "options": [],
             "current": {"selected": true, "text": "default", "value": "default"}}
            """));
    list.add(
        query(
            "job", "Job", "The probers, by the name of the scrape job.", "echosounder_build_info"));
    list.add(
        query(
            "target",
            "Target",
            "What the configuration calls the endpoint.",
            CHECKS + "job=~\"$job\"}"));
    list.add(
        query(
            "check",
            "Check",
            "The target's checks: runs that repeat, and connections kept open.",
            CHECKS + "job=~\"$job\", target=~\"$target\"}"));
    ObjectNode filters =
        named(
            "adhoc",
            "filters",
            "Labels",
            "Labels that the configuration gives to targets. The prober's own panels have none of"
                + " them and stay empty while a filter is set.");
    filters.set("datasource", Panel.source());
    list.add(filters);
  }

  private static ObjectNode query(String name, String label, String description, String series) {
    ObjectNode variable = named("query", name, label, description);
    String definition = "label_values(%s, %s)".formatted(series, name);
    variable.set("datasource", Panel.source());
    variable.put("definition", definition);
    variable.putObject("query").put("qryType", 1).put("query", definition).put("refId", name);
    variable.put("multi", true).put("includeAll", true).put("allValue", ".+");
    variable.put("refresh", 2).put("regex", "").put("sort", 5).putArray("options");
    ObjectNode current = variable.putObject("current").put("selected", true);
    current.putArray("text").add("All");
    current.putArray("value").add("$__all");
    return variable;
  }

  /** One of some values, each as {@code 0.5} or as {@code 500 ms : 0.5}. */
  static ObjectNode choice(
      String name, String label, String description, String chosen, List<String> values) {
    ObjectNode variable = named("custom", name, label, description);
    variable.put("query", String.join(", ", values)).put("multi", false).put("includeAll", false);
    ArrayNode options = variable.putArray("options");
    for (String value : values) {
      String[] parts = value.split(" : ", 2);
      boolean selected = parts[parts.length - 1].equals(chosen);
      ObjectNode option = Json.object("{}").put("selected", selected);
      option.put("text", parts[0]).put("value", parts[parts.length - 1]);
      options.add(option);
      if (selected) {
        variable.set("current", option.deepCopy());
      }
    }
    return variable;
  }

  /** Free text. */
  static ObjectNode text(String name, String label, String description, String value) {
    ObjectNode variable = named("textbox", name, label, description).put("query", value);
    variable.putObject("current").put("selected", true).put("text", value).put("value", value);
    variable
        .putArray("options")
        .addObject()
        .put("selected", true)
        .put("text", value)
        .put("value", value);
    return variable;
  }

  private static ObjectNode named(String type, String name, String label, String description) {
    ObjectNode variable = Json.object("{}").put("type", type).put("name", name);
    variable.put("label", label).put("description", description);
    return variable.put("hide", 0).put("skipUrlSync", false);
  }
}
