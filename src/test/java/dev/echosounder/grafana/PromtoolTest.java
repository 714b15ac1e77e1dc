package dev.echosounder.grafana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus' own parser reads every expression. */
final class PromtoolTest {
  @TempDir private Path directory;

  @Test
  void everyExpressionIsPromql() throws Exception {
    List<String> all = Dashboards.queries().stream().map(q -> q.promql("1h", "1m")).toList();
    assertThat(all).hasSizeGreaterThan(80);
    assertThat(check(all)).contains(all.size() + " rules found").doesNotContain("FAILED");
  }

  @Test
  void aMisspeltExpressionIsFound() throws Exception {
    assertThat(check(List.of("sum by (target (rate(up[5m]))"))).contains("FAILED");
  }

  /** Each expression as a recording rule: that is what promtool checks. */
  private String check(List<String> expressions) throws IOException, InterruptedException {
    String path = System.getenv().getOrDefault("PATH", "");
    boolean present =
        Pattern.compile(Pattern.quote(File.pathSeparator))
            .splitAsStream(path)
            .anyMatch(each -> Files.isExecutable(Path.of(each, "promtool")));
    assumeTrue(present || "true".equals(System.getenv("CI")), "promtool is not installed");
    Map<String, Object> group = new LinkedHashMap<>();
    group.put("name", "dashboards");
    group.put(
        "rules",
        expressions.stream()
            .map(expr -> Map.of("record", "r:" + expressions.indexOf(expr), "expr", expr))
            .toList());
    Path rules = directory.resolve("rules.yml");
    Files.writeString(rules, Json.text(Json.of(Map.of("groups", List.of(group)))));
    Process promtool =
        new ProcessBuilder("promtool", "check", "rules", "--lint=none", rules.toString())
            .redirectErrorStream(true)
            .start();
    try {
      String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(promtool.waitFor(20, TimeUnit.SECONDS)).isTrue();
      return said;
    } finally {
      promtool.destroyForcibly();
    }
  }
}
