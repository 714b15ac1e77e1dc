package dev.echosounder.grafana;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One panel. Whoever makes it says what it shows and, in its description, how to read it. */
final class Panel {
  private static final String SOURCE = "{\"type\": \"prometheus\", \"uid\": \"${datasource}\"}";

  /** Below everything that is measured. */
  private static final long LOWEST = -1_000_000_000_000L;

  private final Kind kind;
  private final ObjectNode json;
  private final ArrayNode targets;
  private int width = 12;
  private int height = 8;

  private Panel(Kind kind, String title, String description) {
    this.kind = kind;
    json = Json.object("{}");
    json.put("type", kind.type()).put("title", title).put("description", description.strip());
    json.set("datasource", source());
    targets = json.putArray("targets");
    Json.lay(Json.object(kind.shared()), json);
  }

  static Panel of(Kind kind, String title, String description) {
    return new Panel(kind, title, description);
  }

  /** Prose, in Markdown. */
  static Panel text(String title, String description, String markdown) {
    Panel panel = new Panel(Kind.TEXT, title, description);
    panel.json.remove("targets");
    panel.json.remove("datasource");
    panel.json.withObject("/options").put("content", markdown.strip());
    return panel;
  }

  static ObjectNode source() {
    return Json.object(SOURCE);
  }

  /** In columns, of which there are 24, and in rows of 30 pixels. */
  Panel size(int columns, int rows) {
    width = columns;
    height = rows;
    return this;
  }

  /** Over time; for what shows one value only, at the end of the time range. */
  Panel query(String expr, String legend) {
    boolean now = kind == Kind.STAT || kind == Kind.BAR_GAUGE || kind == Kind.TABLE;
    ObjectNode target = targets.addObject();
    target.put("refId", String.valueOf((char) ('A' + targets.size() - 1)));
    target.set("datasource", source());
    target.put("expr", Promql.selected(expr)).put("legendFormat", legend);
    target.put("instant", now).put("range", !now);
    target.put("format", format());
    return this;
  }

  private String format() {
    return switch (kind) {
      case TABLE -> "table";
      case HEATMAP -> "heatmap";
      default -> "time_series";
    };
  }

  /** The name of the unit in Grafana: {@code s}, {@code percentunit}, {@code short}. */
  Panel unit(String unit) {
    return defaults("{\"unit\": \"%s\"}".formatted(unit));
  }

  /** What stands there when there is nothing to show. */
  Panel empty(String text) {
    json.withObject("/fieldConfig/defaults").put("noValue", text);
    return this;
  }

  /** A colour, and from each bound on another: {@code "green", 1, "red"}. */
  Panel colours(Object... alternating) {
    ObjectNode thresholds = json.withObject("/fieldConfig/defaults/thresholds");
    ArrayNode steps = thresholds.put("mode", "absolute").putArray("steps");
    ObjectNode first = steps.addObject().putNull("value");
    if (kind == Kind.STAT) {
      // Grafana colours a missing value like the lowest one: "no TLS" is no alarm.
      first.put("color", "text");
      first = steps.addObject().put("value", LOWEST);
    }
    first.put("color", (String) alternating[0]);
    for (int i = 1; i < alternating.length; i += 2) {
      ObjectNode step = steps.addObject();
      step.set("value", Json.of(alternating[i]));
      step.put("color", (String) alternating[i + 1]);
    }
    return this;
  }

  /** A text and a colour instead of a value. */
  Panel called(int value, String text, String colour) {
    ArrayNode mappings = json.withObject("/fieldConfig/defaults").withArray("mappings");
    ObjectNode mapping = mappings.addObject().put("type", "value");
    mapping
        .putObject("options")
        .putObject(String.valueOf(value))
        .put("text", text)
        .put("color", colour);
    return this;
  }

  /** Settings of all fields, laid over those of the kind. */
  Panel defaults(String text) {
    Json.lay(Json.object(text), json.withObject("/fieldConfig/defaults"));
    return this;
  }

  /** Options, laid over those of the kind. */
  Panel options(String text) {
    Json.lay(Json.object(text), json.withObject("/options"));
    return this;
  }

  /** A property of the fields of one name, for example of a column of a table. */
  Panel override(String field, String property, String value) {
    return override("byName", field, property, value);
  }

  /** A property of the fields that a matcher of Grafana picks. */
  Panel override(String matcher, String field, String property, String value) {
    ArrayNode overrides = json.withObject("/fieldConfig").withArray("overrides");
    ObjectNode override = overrides.addObject();
    override.putObject("matcher").put("id", matcher).put("options", field);
    ObjectNode one = override.putArray("properties").addObject().put("id", property);
    one.set("value", Json.of(Json.object("{\"value\": %s}".formatted(value)).get("value")));
    return this;
  }

  Panel transform(String id, String options) {
    ObjectNode transformation = json.withArray("transformations").addObject().put("id", id);
    transformation.set("options", Json.object(options));
    return this;
  }

  /** The legend as a table at the right, for panels that are wide and have many series. */
  Panel listed() {
    return options(
        """
        {"legend": {"calcs": ["max", "lastNotNull"], "displayMode": "table", "placement": "right"}}
        """);
  }

  /** Ten times as much is as far up, wherever it starts: for what differs by magnitudes. */
  Panel logarithmic() {
    json.withObject("/fieldConfig/defaults/custom").remove("axisSoftMin");
    return defaults(
        """
        {"custom": {"scaleDistribution": {"type": "log", "log": 10}, "fillOpacity": 0}}
        """);
  }

  /** A click on a value leads there. */
  Panel link(String title, String url) {
    ObjectNode link = json.withObject("/fieldConfig/defaults").withArray("links").addObject();
    link.put("title", title).put("url", url);
    return this;
  }

  int width() {
    return width;
  }

  ObjectNode at(int id, int x, int y) {
    json.put("id", id);
    ObjectNode place = json.putObject("gridPos");
    place.put("h", height).put("w", width).put("x", x).put("y", y);
    return json;
  }

  int height() {
    return height;
  }
}
