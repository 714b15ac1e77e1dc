package dev.echosounder.bench;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The floor of a scrape: from a page of text, a registry of the bare Prometheus client that has the
 * same series, label by label, each with a value.
 */
final class Mirror {
  private static final Pattern SERIES = Pattern.compile("([^{ ]+)(?:\\{(.*)\\})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("([^=,]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  private record Line(String name, Map<String, String> labels, double value) {
    static Line of(String text) {
      Matcher series = SERIES.matcher(text);
      if (!series.matches()) {
        throw new IllegalArgumentException("not a series: " + text);
      }
      Map<String, String> labels = new LinkedHashMap<>();
      if (series.group(2) != null) {
        Matcher label = LABEL.matcher(series.group(2));
        while (label.find()) {
          labels.put(label.group(1), label.group(2));
        }
      }
      return new Line(series.group(1), labels, Double.parseDouble(series.group(3)));
    }

    String[] values() {
      return labels.values().toArray(String[]::new);
    }

    String[] names() {
      return labels.keySet().toArray(String[]::new);
    }
  }

  private final PrometheusRegistry registry = new PrometheusRegistry();

  private Mirror() {}

  static PrometheusRegistry of(String page) {
    Mirror mirror = new Mirror();
    String type = "";
    String name = "";
    List<Line> lines = new ArrayList<>();
    for (String text : page.lines().toList()) {
      if (text.startsWith("# TYPE ")) {
        mirror.add(name, type, lines);
        name = text.split(" ", -1)[2];
        type = text.split(" ", -1)[3];
        lines = new ArrayList<>();
      } else if (!text.startsWith("#")) {
        lines.add(Line.of(text));
      }
    }
    mirror.add(name, type, lines);
    return mirror.registry;
  }

  private void add(String name, String type, List<Line> lines) {
    if (lines.isEmpty()) {
      return;
    }
    switch (type) {
      case "counter" -> counter(name, lines);
      case "gauge" -> gauge(name, lines);
      case "histogram" -> histogram(name, lines);
      // Summaries and infos are the JVM's, a handful whatever the number of targets.
      default -> {}
    }
  }

  private void counter(String name, List<Line> lines) {
    Counter counter =
        Counter.builder()
            .name(name)
            .help("A counter of the same name.")
            .labelNames(lines.get(0).names())
            .register(registry);
    lines.forEach(line -> counter.labelValues(line.values()).inc(line.value()));
  }

  private void gauge(String name, List<Line> lines) {
    if (name.endsWith("_info")) {
      return;
    }
    Gauge gauge =
        Gauge.builder()
            .name(name)
            .help("A gauge of the same name.")
            .labelNames(lines.get(0).names())
            .register(registry);
    lines.forEach(line -> gauge.labelValues(line.values()).set(line.value()));
  }

  private void histogram(String name, List<Line> lines) {
    double[] bounds =
        lines.stream()
            .filter(line -> line.name().endsWith("_bucket"))
            .map(line -> String.valueOf(line.labels().get("le")))
            .filter(le -> !le.equals("+Inf"))
            .mapToDouble(Double::parseDouble)
            .distinct()
            .toArray();
    List<Line> counts =
        lines.stream().filter(line -> line.name().endsWith("_count")).collect(Collectors.toList());
    Histogram histogram =
        Histogram.builder()
            .name(name)
            .help("A histogram of the same name.")
            .classicUpperBounds(bounds)
            .nativeInitialSchema(3)
            .nativeMaxNumberOfBuckets(80)
            .withoutExemplars()
            .labelNames(counts.get(0).names())
            .register(registry);
    for (Line line : counts) {
      for (int i = 0; i < line.value(); i++) {
        histogram.labelValues(line.values()).observe(0.0003 * (i + 1));
      }
    }
  }
}
