package dev.echosounder.prometheus;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Every series that rules can name, and its labels: the catalogue's, and what rules record. */
final class Vocabulary {
  private static final Pattern ROW =
      Pattern.compile(
          "^\\| ([a-z0-9_]+) \\| (counter|gauge|histogram|summary) \\|[^|]*\\|([^|]*)\\|",
          Pattern.MULTILINE);

  private static final Set<String> SCRAPED = Set.of("job", "instance");

  private final Map<String, Set<String>> labels = new HashMap<>();

  Vocabulary(Collection<Rule> rules) {
    ROW.matcher(catalogue()).results().forEach(this::row);
    // Prometheus' own, what /probe names as blackbox_exporter does, and what users may record.
    add("up", Set.of());
    add("probe_success", Set.of());
    add("ALERTS", Set.of("alertname", "alertstate", "severity", "scope", "target", "check"));
    add("echosounder:slo_objective:own", Set.of("target", "check"));
    add("echosounder:slo_latency_seconds:own", Set.of("target", "check"));
    // Rules may record from what others recorded, in any order: as often as there can be steps.
    for (int step = 0; step < 3; step++) {
      rules.stream()
          .filter(rule -> !rule.alerts())
          .forEach(rule -> labels.put(rule.name(), yielded(rule.expression())));
    }
  }

  private static String catalogue() {
    try (InputStream in =
        Vocabulary.class.getResourceAsStream("/dev/echosounder/metrics/catalogue.md")) {
      if (in == null) {
        throw new IllegalStateException("no catalogue");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void row(MatchResult row) {
    Set<String> own = new HashSet<>(List.of(row.group(3).strip().split("\\s*,\\s*", -1)));
    own.removeAll(Set.of("", "{user}"));
    String name = row.group(1);
    add(name, own);
    if (row.group(2).equals("histogram") || row.group(2).equals("summary")) {
      add(name + "_sum", own);
      add(name + "_count", own);
    }
    if (row.group(2).equals("histogram")) {
      own.add("le");
      add(name + "_bucket", own);
    }
  }

  private void add(String name, Set<String> own) {
    Set<String> all = new HashSet<>(own);
    all.addAll(SCRAPED);
    labels.put(name, all);
  }

  boolean has(String metric) {
    return labels.containsKey(metric);
  }

  /** Of one metric; none if there is no such metric. */
  Set<String> labels(String metric) {
    return labels.getOrDefault(metric, Set.of());
  }

  /** All that any of its metrics has. */
  Set<String> named(Expression expression) {
    Set<String> all = new HashSet<>();
    expression.metrics.keySet().forEach(metric -> all.addAll(labels(metric)));
    return all;
  }

  /** What its result has, more or less: at least nothing that was summed away. */
  Set<String> yielded(Expression expression) {
    Set<String> kept = expression.lists.get("by");
    if (kept != null) {
      return kept;
    }
    Set<String> rest = named(expression);
    rest.removeAll(expression.lists.getOrDefault("without", Set.of()));
    return rest;
  }
}
