package dev.echosounder.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.servers.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What Prometheus' and Alertmanager's own tools say to the files that ship. */
final class ToolsIT {
  @Test
  void promtoolAcceptsTheConfigurationAndTheRulesItNames() {
    assertThat(Tool.runOrSkip("promtool", "check", "config", "prometheus/prometheus.yml"))
        .contains("3 rule files found", "prometheus.yml is valid")
        .doesNotContain("WARNING");
  }

  /** With its lint, a duplicate or a rule that could not be evaluated is an error. */
  @Test
  void promtoolAcceptsEachRule() {
    assertThat(promtool("check", "rules", "--lint=all", "--lint-fatal"))
        .contains("rules found")
        .doesNotContain("FAILED");
  }

  @Test
  void everyTestOfTheRulesPasses() {
    List<String> files =
        Stream.of("budget", "connections", "hours", "prober", "targets")
            .map(name -> "prometheus/tests/" + name + ".yml")
            .toList();
    List<String> arguments = new ArrayList<>(List.of("test", "rules"));
    arguments.addAll(files);
    String said = Tool.runOrSkip("promtool", arguments.toArray(String[]::new));
    files.forEach(file -> assertThat(said).contains("Unit Testing:  " + file));
    assertThat(said.split("SUCCESS", -1)).hasSize(files.size() + 1);
  }

  private static String promtool(String... command) {
    List<String> arguments = new ArrayList<>(List.of(command));
    for (String name : List.of("recording", "alerts", "objectives")) {
      arguments.add("prometheus/rules/" + name + ".yml");
    }
    return Tool.runOrSkip("promtool", arguments.toArray(String[]::new));
  }

  @Test
  void amtoolAcceptsTheConfiguration() {
    assertThat(Tool.runOrSkip("amtool", "check-config", "alertmanager/alertmanager.yml"))
        .contains("SUCCESS");
  }
}
