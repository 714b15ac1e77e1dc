package dev.echosounder.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Prometheus' rule files as one PrometheusRule, comments and all. */
final class RuleManifest {
  private static final String HEAD =
      """
      # Written from prometheus/rules by KubernetesTest: change those.
      apiVersion: monitoring.coreos.com/v1
      kind: PrometheusRule
      metadata:
        name: echosounder
        labels: {app.kubernetes.io/name: echosounder}
      spec:
        groups:
      """;

  private RuleManifest() {}

  static String of(Path rules) throws IOException {
    StringBuilder text = new StringBuilder(HEAD);
    List<JsonNode> groups = new ArrayList<>();
    for (Path file : files(rules)) {
      String rule = Files.readString(file);
      rule.lines()
          .dropWhile(line -> !line.equals("groups:"))
          .skip(1)
          .map(line -> line.isBlank() ? "\n" : "  " + line + "\n")
          .forEach(text::append);
      Yaml.read(rule).path("groups").forEach(groups::add);
    }
    // Moved as text, for the sake of the comments: nothing may be lost on the way.
    JsonNode written = Yaml.read(text.toString()).path("spec").path("groups");
    assertThat(written.valueStream().toList()).isEqualTo(groups);
    return text.toString();
  }

  private static List<Path> files(Path rules) throws IOException {
    try (Stream<Path> all = Files.list(rules)) {
      return all.filter(file -> file.toString().endsWith(".yml"))
          .sorted()
          .collect(Collectors.toList());
    }
  }
}
