package dev.echosounder.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.servers.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What Prometheus' and Alertmanager's own tools say to the files that ship. */
@Tag("surroundings")
final class ToolsIT {
  @Test
  void promtoolAcceptsTheConfigurationAndTheRulesItNames() {
    assertThat(Tool.runOrSkip("promtool", "check", "config", "prometheus/prometheus.yml"))
        .contains("3 rule files found", "prometheus.yml is valid")
        .doesNotContain("WARNING");
  }

  /** With its lint: two rules that are the same are an error. */
  @Test
  void promtoolAcceptsEachRule() throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("check", "rules", "--lint=all", "--lint-fatal"));
    arguments.addAll(files("rules"));
    assertThat(Tool.runOrSkip("promtool", arguments.toArray(String[]::new)))
        .contains("rules found")
        .doesNotContain("FAILED");
  }

  @Test
  void everyTestOfTheRulesPasses() throws IOException {
    List<String> files = files("tests");
    List<String> arguments = new ArrayList<>(List.of("test", "rules"));
    arguments.addAll(files);
    String said = Tool.runOrSkip("promtool", arguments.toArray(String[]::new));
    files.forEach(file -> assertThat(said).contains("Unit Testing:  " + file));
    assertThat(said.split("SUCCESS", -1)).hasSize(files.size() + 1);
  }

  private static List<String> files(String directory) throws IOException {
    try (Stream<Path> paths = Files.list(Rule.DIRECTORY.resolve(directory))) {
      return paths.map(Path::toString).sorted().toList();
    }
  }

  @Test
  void amtoolAcceptsTheConfiguration() {
    assertThat(Tool.runOrSkip("amtool", "check-config", "alertmanager/alertmanager.yml"))
        .contains("SUCCESS");
  }
}
