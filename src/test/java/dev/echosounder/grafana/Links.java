package dev.echosounder.grafana;

/** Where a click on a value leads: another dashboard, with the selection and the time range. */
final class Links {
  static final String FLEET = "echosounder-fleet";
  static final String TARGET = "echosounder-target";
  static final String CONNECTIONS = "echosounder-connections";
  static final String SLO = "echosounder-slo";

  private Links() {}

  /** From a series that has the label target. */
  static String ofSeries(String uid) {
    return to(uid, "${__field.labels.target:percentencode}");
  }

  /** From a row of a table that has the column target. */
  static String ofRow(String uid) {
    return to(uid, "${__data.fields.target:percentencode}");
  }

  private static String to(String uid, String target) {
    return "/d/"
        + uid
        + "?${datasource:queryparam}&${job:queryparam}&var-target="
        + target
        + "&${__url_time_range}";
  }

  /** The property of a table's column whose cells lead to the target's dashboard. */
  static String cell() {
    return "[{\"title\": \"Open the target\", \"url\": \"" + ofRow(TARGET) + "\"}]";
  }
}
