package dev.echosounder.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GithubTest {
  private static List<String> annotations(ScenarioRecord... scenarios) {
    return annotations(Path.of(""), scenarios);
  }

  private static List<String> annotations(Path workspace, ScenarioRecord... scenarios) {
    List<String> printed = new ArrayList<>();
    GithubAnnotations report = new GithubAnnotations(printed::add, workspace);
    for (ScenarioRecord scenario : scenarios) {
      report.scenario(scenario, s -> s.replace("s3cret", "*"));
    }
    report.end();
    return printed;
  }

  @Test
  void aFailureIsAnErrorAtTheStepsLineOnOneLine() {
    assertThat(annotations(Reports.passed("ok"), Reports.failed("a: b, c", "100 % of\nit s3cret")))
        .containsExactly(
            "::error file=features/chat.feature,line=14,title=a%3A b%2C c::"
                + "Then I receive \"Hello\"%0A100 %25 of%0Ait *\n");
  }

  @Test
  void filesAreNamedFromTheCheckout() {
    Path above = Objects.requireNonNull(Path.of("").toAbsolutePath().getParent());
    String here = Path.of("").toAbsolutePath().getFileName().toString();
    assertThat(annotations(above, Reports.failed("s", "x")).get(0))
        .startsWith("::error file=" + here + "/features/chat.feature,line=14,");
    assertThat(annotations(Path.of("/nowhere"), Reports.failed("s", "x")).get(0))
        .startsWith("::error file=features/chat.feature,line=14,");
  }

  @Test
  void noTextCanBeginAnotherCommand() {
    String hostile = "x\n::add-mask::y\r::error::z\u2028";
    assertThat(annotations(Reports.failed(hostile, hostile)))
        .singleElement()
        .asString()
        .matches("::error [^\\r\\n\\u2028]*\\n");
    assertThat(GithubAnnotations.error("a\n::b::", "c\n::d::").lines()).hasSize(1);
  }

  @Test
  void summaryIsAppendedAndEscaped(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("summary.md");
    Files.writeString(file, "before\n");
    Latencies latencies = new Latencies();
    JobSummary summary = new JobSummary(file, latencies);
    for (ScenarioRecord scenario :
        List.of(
            Reports.passed("ok", Reports.connected("I", TranscriptTest.wholeRun())),
            Reports.failed("a|b <c> `d`", "<script>\n\n\n# no heading & s3cret"),
            Reports.scenario("old", ScenarioRecord.Status.WAIVED, "expected x", List.of()))) {
      latencies.scenario(scenario, s -> s);
      summary.scenario(scenario, s -> s.replace("s3cret", "*"));
    }
    summary.end();
    assertThat(file)
        .content()
        .startsWith(
            "before\n### Echosounder: 1 passed, 1 failed, 1 skipped (1 waived)\n\n<details>")
        .contains("a&#124;b &#60;c&#62; &#96;d&#96; (features/chat.feature:14)")
        .contains("&lt;script&gt;\n&#8203;\n&#8203;\n# no heading &amp; *</pre>")
        .contains("| phase | count | p50 |", "| dns | 1 | 400 µs |")
        .contains("| round&#95;trip | 1 | 100 µs |");
  }

  @Test
  void summaryStaysBelowGithubsLimit(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("summary.md");
    JobSummary summary = new JobSummary(file, new Latencies());
    for (int i = 0; i < 20; i++) {
      summary.scenario(Reports.failed("s" + i, ("x".repeat(3_000) + "\n").repeat(100)), s -> s);
    }
    summary.end();
    assertThat(Files.size(file)).isLessThan(1 << 20);
    assertThat(file).content().contains("failures more are left out.");
  }
}
