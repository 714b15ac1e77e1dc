package dev.echosounder.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The rules name what exists; each alert explains itself, and is tested both ways. */
final class RulesTest {
  private static final Pattern USED_LABEL = Pattern.compile("\\$labels\\.(\\w+)");
  private static final Pattern ALERT_NAMES = Pattern.compile("alertname=~?\"([^\"]+)\"");
  private static final Pattern HEADING = Pattern.compile("^## (\\w+)$", Pattern.MULTILINE);

  private final List<Rule> rules = Rule.all();
  private final Vocabulary vocabulary = new Vocabulary(rules);
  private final Set<String> alerts =
      rules.stream().filter(Rule::alerts).map(Rule::name).collect(Collectors.toSet());

  private Stream<Rule> alerts() {
    return rules.stream().filter(Rule::alerts);
  }

  @Test
  void everyMetricAndLabelExists() {
    assertThat(rules).hasSizeGreaterThan(30);
    for (Rule rule : rules) {
      Expression expression = rule.expression();
      assertThat(expression.metrics).as(rule.name()).isNotEmpty();
      expression.metrics.forEach(
          (metric, matched) -> {
            assertThat(vocabulary.has(metric)).as(rule.name() + ": " + metric).isTrue();
            assertThat(vocabulary.labels(metric)).as(rule.name()).containsAll(matched);
          });
      Set<String> named = vocabulary.named(expression);
      expression.lists.forEach(
          (keyword, labels) ->
              assertThat(named).as(rule.name() + ": " + keyword).containsAll(labels));
    }
  }

  @Test
  void everyLabelInATextExists() {
    alerts()
        .forEach(
            alert -> {
              Set<String> has = new HashSet<>(vocabulary.yielded(alert.expression()));
              has.addAll(alert.labels().keySet());
              assertThat(has).as(alert.name()).containsAll(usedLabels(alert));
            });
  }

  private static Set<String> usedLabels(Rule alert) {
    return alert.annotations().values().stream()
        .flatMap(text -> USED_LABEL.matcher(text).results())
        .map(found -> found.group(1))
        .collect(Collectors.toSet());
  }

  @Test
  void everyAlertSaysWhatItIsAndHasItsSectionInTheRunbook() throws IOException {
    String runbook = Files.readString(Path.of("docs", "runbook.md"));
    Set<String> sections =
        HEADING.matcher(runbook).results().map(r -> r.group(1)).collect(Collectors.toSet());
    assertThat(sections).isEqualTo(alerts);
    alerts()
        .forEach(
            alert -> {
              assertThat(alert.labels().get("severity")).isIn("critical", "warning");
              assertThat(alert.labels().get("scope")).isIn("target", "prober", "fleet");
              assertThat(alert.annotations())
                  .containsOnlyKeys("summary", "description", "runbook_url")
                  .containsEntry(
                      "runbook_url", "docs/runbook.md#" + alert.name().toLowerCase(Locale.ROOT));
              assertThat(alert.annotations().get("summary")).isNotBlank();
              assertThat(alert.annotations().get("description")).contains("ook first at");
            });
  }

  @Test
  void everySectionOfTheRunbookHasTheSameFourParts() throws IOException {
    String runbook = Files.readString(Path.of("docs", "runbook.md"));
    for (String section : runbook.split("(?m)^## ", -1)) {
      if (!section.startsWith("# ")) {
        assertThat(section)
            .containsSubsequence("**Means:**", "**Look first:**", "**Likely:**", "**Silence:**");
      }
    }
  }

  @Test
  void everyAlertHasATestThatMakesItFireAndOneThatKeepsItQuiet() {
    Set<String> fires = new HashSet<>();
    Set<String> quiet = new HashSet<>();
    for (JsonNode file : Rule.yaml(Rule.DIRECTORY.resolve("tests"))) {
      for (JsonNode test : file.path("tests")) {
        for (JsonNode expected : test.path("promql_expr_test")) {
          String expression = expected.path("expr").asString();
          if (!expected.path("exp_samples").isEmpty()) {
            fires.addAll(names(expression + expected.path("exp_samples")));
          } else if (expression.startsWith("present_over_time(")) {
            quiet.addAll(names(expression));
          }
        }
      }
    }
    assertThat(fires).isEqualTo(alerts);
    assertThat(quiet).isEqualTo(alerts);
  }

  private static Set<String> names(String text) {
    return ALERT_NAMES
        .matcher(text.replace("\\\"", "\""))
        .results()
        .flatMap(found -> Stream.of(found.group(1).split("\\|", -1)))
        .collect(Collectors.toSet());
  }

  @Test
  void inhibitionsNameAlertsAndLabelsThatExist() throws IOException {
    JsonNode config = Rule.file(Path.of("alertmanager", "alertmanager.yml"));
    Set<String> labels = new HashSet<>(Set.of("alertname", "severity", "scope"));
    alerts().forEach(alert -> labels.addAll(vocabulary.yielded(alert.expression())));
    assertThat(config.path("inhibit_rules")).isNotEmpty();
    for (JsonNode inhibition : config.path("inhibit_rules")) {
      inhibition.path("equal").forEach(label -> assertThat(labels).contains(label.asString()));
      for (String side : List.of("source_matchers", "target_matchers")) {
        assertThat(inhibition.path(side)).isNotEmpty();
        inhibition.path(side).forEach(matcher -> assertMatches(matcher.asString(), labels));
      }
    }
  }

  private void assertMatches(String matcher, Set<String> labels) {
    Matcher parts = Pattern.compile("(\\w+)(?:=|=~|!~|!=)\"(.*)\"").matcher(matcher);
    assertThat(parts.matches()).as(matcher).isTrue();
    MatchResult found = parts.toMatchResult();
    assertThat(labels).contains(found.group(1));
    if (found.group(1).equals("alertname")) {
      for (String name : found.group(2).split("\\|", -1)) {
        assertThat(alerts).as(matcher).anyMatch(alert -> alert.matches(name));
      }
    }
  }
}
