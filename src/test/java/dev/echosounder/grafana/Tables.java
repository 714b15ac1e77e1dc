package dev.echosounder.grafana;

/** Properties that columns of several tables have, as JSON. */
final class Tables {
  static final String UP_OR_DOWN =
      """
      [{"type": "value", "options": {"0": {"text": "down", "color": "red"},
                                     "1": {"text": "up", "color": "green"}}}]
      """;

  static final String GAUGE =
      "{\"type\": \"gauge\", \"mode\": \"basic\", \"valueDisplayMode\": \"text\"}";

  static final String RATIO =
      """
      {"mode": "absolute", "steps": [{"value": null, "color": "red"},
                                     {"value": 0.99, "color": "orange"},
                                     {"value": 0.999, "color": "green"}]}
      """;

  static final String BUDGET =
      """
      {"mode": "absolute", "steps": [{"value": null, "color": "red"},
                                     {"value": 0, "color": "orange"},
                                     {"value": 0.25, "color": "green"}]}
      """;

  private Tables() {}
}
