package dev.echosounder.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Dashboards ask for what the catalogue names, by the labels it names, and for all of it. */
final class CatalogueUseTest {
  private static final Path CATALOGUE =
      Path.of("src/main/resources/dev/echosounder/metrics/catalogue.md");

  /** Prometheus' own, of every scrape. */
  private static final String UP = "up";

  /** Given by Prometheus, and by Grafana's helpers in the expressions. */
  private static final Set<String> ADDED = Set.of("job", "instance", "le", "__name__");

  private static final Set<String> KEYWORDS =
      Set.of(
          "by", "on", "or", "and", "unless", "bool", "offset", "group_left", "without", "ignoring");

  /** Metrics of ours that no dashboard needs, each with the reason. */
  private static final Map<String, String> UNUSED = Map.of();

  /** A string, an expression's selection or grouping, a duration, an identifier. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<selection>([a-zA-Z_:][\\w:]*)?\\{[^}]*\\})"
              + "|(?<grouping>\\b(by|on|without|ignoring|group_left)\\s*\\([^)]*\\))"
              + "|(?<text>\"[^\"]*\")|(?<window>\\[[^\\]]*\\])"
              + "|(?<word>(?<![\\w.])[a-zA-Z_:][\\w:]*)(?<call>\\s*(?=\\(|by\\b))?");

  private static final Pattern MATCHER =
      Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)\\s*\"([^\"]*)\"");

  /** Every series of every metric, with its labels. */
  private final Map<String, Set<String>> series = new TreeMap<>();

  private final Map<String, String> metricOf = new TreeMap<>();
  private final Set<String> used = new TreeSet<>();
  private final Set<String> wrong = new TreeSet<>();

  private void read() throws IOException {
    for (String line : Files.readAllLines(CATALOGUE)) {
      String[] cells = line.split("\\s*\\|\\s*", -1);
      if (line.startsWith("| ") && cells[2].matches("counter|gauge|histogram|summary")) {
        Set<String> labels = new HashSet<>(ADDED);
        labels.addAll(Set.of(cells[4].split(",\\s*", -1)));
        suffixes(cells[2])
            .forEach(
                suffix -> {
                  series.put(cells[1] + suffix, labels);
                  metricOf.put(cells[1] + suffix, cells[1]);
                });
      }
    }
    series.put(UP, ADDED);
    assertThat(series).hasSizeGreaterThan(60);
  }

  private static Stream<String> suffixes(String type) {
    return switch (type) {
      case "histogram" -> Stream.of("", "_bucket", "_sum", "_count");
      case "summary" -> Stream.of("_sum", "_count");
      default -> Stream.of("");
    };
  }

  @Test
  void everyNameAndLabelIsInTheCatalogueAndEveryMetricIsOnADashboard() throws IOException {
    read();
    Dashboards.queries().forEach(query -> check(query, query.promql("1h", "1m")));
    assertThat(wrong).isEmpty();
    Set<String> ours =
        metricOf.values().stream()
            .filter(name -> name.startsWith("echosounder_"))
            .collect(Collectors.toCollection(TreeSet::new));
    ours.removeAll(used);
    assertThat(ours).as("metrics that no dashboard shows").isEqualTo(UNUSED.keySet());
  }

  @Test
  void aRenamedMetricAnUnknownLabelAndAMisspeltGroupingAreSeen() throws IOException {
    read();
    Dashboards.Query query = Dashboards.queries().get(0);
    check(query, "sum by (target) (rate(echosounder_probe_rums_total{job=~\"x\"}[5m]))");
    check(query, "echosounder_probe_up{targett=\"x\"}");
    check(query, "sum by (causes) (echosounder_probe_up) > 0");
    check(query, "sum by (cause) (echosounder_probe_up) > 0");
    assertThat(wrong)
        .anyMatch(w -> w.contains("echosounder_probe_rums_total"))
        .anyMatch(w -> w.contains("targett"))
        .anyMatch(w -> w.contains("groups by causes"))
        .anyMatch(w -> w.endsWith("groups by cause"));
  }

  private void check(Dashboards.Query query, String expr) {
    Set<String> labels = new HashSet<>(ADDED);
    Set<String> grouped = new TreeSet<>();
    Matcher token = TOKEN.matcher(expr);
    while (token.find()) {
      if (token.group("selection") != null) {
        labels.addAll(selection(query, token.group("selection")));
      } else if (token.group("grouping") != null) {
        grouped.addAll(words(token.group("grouping").replaceFirst("^\\w+", "")));
      } else if (token.group("word") != null && token.group("call") == null) {
        String word = token.group("word");
        if (!KEYWORDS.contains(word)) {
          labels.addAll(metric(query, word));
        }
      }
    }
    grouped.removeAll(labels);
    grouped.forEach(label -> wrong.add(query + " groups by " + label));
  }

  private static Set<String> words(String text) {
    return Pattern.compile("\\w+")
        .matcher(text)
        .results()
        .map(r -> r.group())
        .collect(Collectors.toSet());
  }

  /** {@code name{label="value"}}; the names may be a matcher too. */
  private Set<String> selection(Dashboards.Query query, String text) {
    String name = text.substring(0, text.indexOf('{'));
    Set<String> labels = new HashSet<>(name.isEmpty() ? Set.of() : metric(query, name));
    Set<String> asked = new TreeSet<>();
    MATCHER
        .matcher(text.substring(text.indexOf('{')))
        .results()
        .forEach(
            matcher -> {
              asked.add(matcher.group(1));
              if (matcher.group(1).equals("__name__")) {
                Stream.of(matcher.group(2).split("\\|", -1))
                    .forEach(each -> labels.addAll(metric(query, each)));
              }
            });
    asked.removeAll(labels);
    asked.forEach(label -> wrong.add(query + " selects by " + label + " in " + text));
    return labels;
  }

  private Set<String> metric(Dashboards.Query query, String name) {
    Set<String> labels = series.get(name);
    if (labels == null) {
      wrong.add(query + " asks for " + name);
      return Set.of();
    }
    used.add(metricOf.getOrDefault(name, name));
    return labels;
  }
}
