package dev.echosounder.grafana;

/**
 * PromQL that several panels need. {@code {@}} stands for the selection of the dashboard's
 * variables, {@code {@job}} for the prober alone.
 *
 * <p>A Prometheus stores a histogram as native or as classic buckets or as both; each expression
 * takes the native form and falls back to the classic one. Only what Prometheus 2.42 parses.
 */
final class Promql {
  /** Wide enough for a rate at every zoom; Grafana computes it. */
  static final String RATE = "$__rate_interval";

  /** The dashboard's whole time range, for instant queries. */
  static final String RANGE = "$__range";

  private Promql() {}

  /** Fills in the selections. */
  static String selected(String expr) {
    return expr.replace("{@job", "{job=~\"$job\"")
        .replace("{@", "{job=~\"$job\", target=~\"$target\", check=~\"$check\"");
  }

  /**
   * A quantile of a histogram.
   *
   * @param by the labels that are kept; empty for none
   */
  static String quantile(double q, String histogram, String selector, String by, String window) {
    String classic = by.isEmpty() ? "le" : by + ", le";
    return ("histogram_quantile(%s, sum%s (rate(%s%s[%s])))"
            + " or histogram_quantile(%1$s, sum by (%6$s) (rate(%3$s_bucket%4$s[%5$s])))")
        .formatted(plain(q), by(by), histogram, selector, window, classic);
  }

  /** The mean of a histogram. */
  static String mean(String histogram, String selector, String by, String window) {
    return ("histogram_sum(sum%s (rate(%s%s[%s]))) / histogram_count(sum%1$s (rate(%2$s%3$s[%4$s])))"
            + " or sum%1$s (rate(%2$s_sum%3$s[%4$s])) / sum%1$s (rate(%2$s_count%3$s[%4$s]))")
        .formatted(by(by), histogram, selector, window);
  }

  /** Seconds per second that a histogram added up to. */
  static String share(String histogram, String selector, String by, String window) {
    return "histogram_sum(sum%s (rate(%s%s[%s]))) or sum%1$s (rate(%2$s_sum%3$s[%4$s]))"
        .formatted(by(by), histogram, selector, window);
  }

  /** The share of a histogram's observations up to a bound, which is one of the classic buckets. */
  static String within(String bound, String histogram, String selector, String by, String window) {
    String bucket = selector.replace("}", ", le=~\"%s(\\\\.0)?\"}".formatted(bound));
    return ("histogram_fraction(0, %s, sum%s (rate(%s%s[%s])))"
            + " or clamp_max(sum%2$s (rate(%3$s_bucket%6$s[%5$s]))"
            + " / sum%2$s (rate(%3$s_count%4$s[%5$s])), 1)")
        .formatted(bound, by(by), histogram, selector, window, bucket);
  }

  /** The buckets of a histogram, for a heatmap. */
  static String buckets(String histogram, String selector) {
    String whole = "sum(increase(%s%s[%s]))".formatted(histogram, selector, RATE);
    return "%s or (sum by (le) (increase(%s_bucket%s[%s])) unless on () %1$s)"
        .formatted(whole, histogram, selector, RATE);
  }

  /** Events a minute by one label; where there are none, a zero that is called none. */
  static String perMinute(String counter, String selector, String label) {
    return "60 * sum by (%s) (rate(%s%s[%s])) > 0 or on () label_replace(vector(0), \"%1$s\", \"none\", \"\", \"\")"
        .formatted(label, counter, selector, RATE);
  }

  /**
   * The share of the runs that failed. Prometheus extrapolates each of two young counters in its
   * own way: without the clamp the share may be a little above all.
   */
  static String failed(String by, String window) {
    return ("clamp_max(sum%s (increase(echosounder_probe_failures_total{@}[%s]))"
            + " / sum%1$s (increase(echosounder_probe_runs_total{@}[%2$s])), 1)")
        .formatted(by(by), window);
  }

  private static String by(String labels) {
    return labels.isEmpty() ? "" : " by (" + labels + ")";
  }

  private static String plain(double q) {
    return q == Math.rint(q) ? Long.toString(Math.round(q)) : Double.toString(q);
  }
}
