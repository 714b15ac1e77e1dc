package dev.echosounder.grafana;

/** The visualizations in use, each with what all its panels share. */
enum Kind {
  STAT(
      "stat",
      """
      {"options": {
         "colorMode": "value", "graphMode": "none", "justifyMode": "center",
         "orientation": "auto", "percentChangeColorMode": "standard", "showPercentChange": false,
         "textMode": "auto", "wideLayout": true, "text": {"valueSize": 32},
         "reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": false}},
       "fieldConfig": {"defaults": {"color": {"mode": "thresholds"}}, "overrides": []}}
      """),
  TIME_SERIES(
      "timeseries",
      """
      {"options": {
         "legend": {"calcs": [], "displayMode": "list", "placement": "bottom", "showLegend": true},
         "tooltip": {"mode": "multi", "sort": "desc"}},
       "fieldConfig": {
         "defaults": {
           "color": {"mode": "palette-classic"},
           "custom": {
             "drawStyle": "line", "lineWidth": 2, "fillOpacity": 8, "gradientMode": "none",
             "lineInterpolation": "linear", "showPoints": "auto", "pointSize": 4,
             "spanNulls": false, "axisSoftMin": 0,
             "stacking": {"group": "A", "mode": "none"}}},
         "overrides": []}}
      """),
  BARS(
      "timeseries",
      """
      {"options": {
         "legend": {"calcs": [], "displayMode": "list", "placement": "bottom", "showLegend": true},
         "tooltip": {"mode": "multi", "sort": "desc"}},
       "fieldConfig": {
         "defaults": {
           "color": {"mode": "palette-classic"},
           "custom": {
             "drawStyle": "bars", "barAlignment": 0, "lineWidth": 0, "fillOpacity": 85,
             "gradientMode": "none", "showPoints": "never", "axisSoftMin": 0, "axisSoftMax": 1,
             "stacking": {"group": "A", "mode": "normal"}}},
         "overrides": []}}
      """),
  HEATMAP(
      "heatmap",
      """
      {"options": {
         "calculate": false, "cellGap": 1, "showValue": "never",
         "cellValues": {"unit": "short"},
         "color": {"mode": "scheme", "scheme": "Blues", "fill": "dark-blue", "scale": "exponential",
                   "exponent": 0.5, "steps": 64, "reverse": false},
         "exemplars": {"color": "rgba(255,0,255,0.7)"},
         "filterValues": {"le": 1e-9},
         "legend": {"show": true},
         "rowsFrame": {"layout": "auto"},
         "tooltip": {"mode": "single", "yHistogram": true, "showColorScale": true},
         "yAxis": {"axisPlacement": "left", "unit": "s", "reverse": false}},
       "fieldConfig": {
         "defaults": {"custom": {"scaleDistribution": {"type": "linear"}}}, "overrides": []}}
      """),
  STATE_TIMELINE(
      "state-timeline",
      """
      {"options": {
         "alignValue": "left", "mergeValues": true, "rowHeight": 0.8, "showValue": "never",
         "legend": {"calcs": [], "displayMode": "list", "placement": "bottom", "showLegend": true},
         "tooltip": {"mode": "single", "sort": "none"}},
       "fieldConfig": {
         "defaults": {
           "color": {"mode": "thresholds"},
           "custom": {"fillOpacity": 80, "lineWidth": 0}},
         "overrides": []}}
      """),
  BAR_GAUGE(
      "bargauge",
      """
      {"options": {
         "displayMode": "basic", "orientation": "horizontal", "valueMode": "color",
         "namePlacement": "left", "showUnfilled": true, "sizing": "manual",
         "minVizHeight": 16, "maxVizHeight": 28, "minVizWidth": 8,
         "text": {"titleSize": 13, "valueSize": 15},
         "legend": {"calcs": [], "displayMode": "list", "placement": "bottom", "showLegend": false},
         "reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": false}},
       "fieldConfig": {"defaults": {"color": {"mode": "thresholds"}, "min": 0}, "overrides": []}}
      """),
  TABLE(
      "table",
      """
      {"options": {"frameIndex": 0, "showHeader": true, "cellHeight": "sm"},
       "fieldConfig": {
         "defaults": {"custom": {"align": "auto", "filterable": true}}, "overrides": []}}
      """),
  TEXT("text", "{\"options\": {\"mode\": \"markdown\"}}");

  private final String type;
  private final String shared;

  Kind(String type, String shared) {
    this.type = type;
    this.shared = shared;
  }

  String type() {
    return type;
  }

  /** Options and field configuration, as JSON. */
  String shared() {
    return shared;
  }
}
