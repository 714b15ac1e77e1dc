package dev.echosounder.grafana;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One dashboard: what all of them share, and panels laid out from left to right, row by row. */
final class Board {
  private static final int COLUMNS = 24;

  private static final String SHARED =
      """
      {"editable": true, "fiscalYearStartMonth": 0, "graphTooltip": 1, "liveNow": false,
       "refresh": "30s", "schemaVersion": 39, "timezone": "browser", "weekStart": "",
       "timepicker": {}, "version": 1, "tags": ["echosounder", "websocket"],
       "links": [{
         "title": "Echosounder", "type": "dashboards", "tags": ["echosounder"], "icon": "dashboard",
         "tooltip": "The other dashboards, with this selection and time range", "url": "",
         "asDropdown": false, "targetBlank": false, "includeVars": true, "keepTime": true}]}
      """;

  private final ObjectNode json;
  private final ArrayNode panels;
  private final String uid;
  private int id;
  private int x;
  private int y;
  private int tallest;

  Board(String uid, String title, String description, String from) {
    this.uid = uid;
    json = Json.object("{}");
    json.put("uid", uid).put("title", title).put("description", description);
    Json.lay(Json.object(SHARED), json);
    json.putObject("time").put("from", from).put("to", "now");
    Variables.common(json.withObject("/templating").putArray("list"));
    Annotations.common(json.withObject("/annotations").putArray("list"));
    panels = json.putArray("panels");
  }

  String uid() {
    return uid;
  }

  /** One more variable, after those that all dashboards have. */
  Board variable(ObjectNode variable) {
    ((ArrayNode) json.at("/templating/list")).add(variable);
    return this;
  }

  /** A heading; panels follow below it. */
  Board row(String title) {
    wrap();
    ObjectNode row = panels.addObject().put("id", ++id).put("type", "row").put("title", title);
    row.put("collapsed", false).putArray("panels");
    row.putObject("gridPos").put("h", 1).put("w", COLUMNS).put("x", 0).put("y", y);
    y++;
    return this;
  }

  /** To the right of the one before if there is room. */
  Board add(Panel panel) {
    if (x + panel.width() > COLUMNS) {
      wrap();
    }
    panels.add(panel.at(++id, x, y));
    x += panel.width();
    tallest = Math.max(tallest, panel.height());
    return this;
  }

  private void wrap() {
    y += tallest;
    x = 0;
    tallest = 0;
  }

  String text() {
    return Json.text(json);
  }
}
