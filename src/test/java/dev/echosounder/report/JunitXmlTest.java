package dev.echosounder.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.check.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.maven.plugin.surefire.log.api.NullConsoleLogger;
import org.apache.maven.plugins.surefire.report.ReportTestCase;
import org.apache.maven.plugins.surefire.report.ReportTestSuite;
import org.apache.maven.plugins.surefire.report.TestSuiteXmlParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Read back by Surefire's own parser, as a build's report plugin would. */
final class JunitXmlTest {
  @TempDir private Path directory;

  private static ReportTestSuite read(Path file) throws Exception {
    List<ReportTestSuite> suites =
        new TestSuiteXmlParser(new NullConsoleLogger()).parse(file.toString());
    assertThat(suites).hasSize(1);
    return suites.get(0);
  }

  private Path report(ScenarioRecord... scenarios) throws IOException {
    Path file = directory.resolve("new/junit.xml");
    JunitReport report = new JunitReport(file);
    for (ScenarioRecord scenario : scenarios) {
      report.scenario(scenario, s -> s);
    }
    report.end();
    return file;
  }

  @Test
  void scenariosAreCasesWithTimePlaceAndTranscript() throws Exception {
    Path file =
        report(
            Reports.passed("hello"),
            Reports.failed(
                "bye",
                "expected <this>\n  seen: that",
                Reports.connected("alice", TranscriptTest.wholeRun())),
            Reports.scenario("later", ScenarioRecord.Status.SKIPPED, "", List.of()));
    ReportTestSuite suite = read(file);
    assertThat(suite.getNumberOfTests()).isEqualTo(3);
    assertThat(suite.getNumberOfFailures()).isEqualTo(1);
    assertThat(suite.getNumberOfSkipped()).isEqualTo(1);
    assertThat(suite.getTimeElapsed()).isEqualTo(0.036f);
    List<ReportTestCase> cases = suite.getTestCases();
    assertThat(cases).extracting(ReportTestCase::getName).containsExactly("hello", "bye", "later");
    assertThat(cases).extracting(ReportTestCase::getFullClassName).containsOnly("chat");
    assertThat(cases.get(0).hasFailure()).isFalse();
    assertThat(cases.get(1).getTime()).isEqualTo(0.012f);
    assertThat(cases.get(1).getFailureMessage())
        .isEqualTo("features/chat.feature:14: expected <this>");
    assertThat(cases.get(1).getFailureDetail()).contains("  seen: that");
    assertThat(file)
        .content()
        .contains("<system-out>passed  Given I connect", "alice → wss://localhost:8443/echo")
        .contains("← text, 5 bytes \"Hello\"");
  }

  @Test
  void aWaivedFailureIsSkippedWithItsReason() throws Exception {
    Path file =
        report(Reports.scenario("old", ScenarioRecord.Status.WAIVED, "expected x", List.of()));
    ReportTestSuite suite = read(file);
    assertThat(suite.getNumberOfFailures()).isZero();
    assertThat(suite.getNumberOfSkipped()).isEqualTo(1);
    assertThat(file)
        .content()
        .contains("<skipped message=\"waived: known of 3.2\">")
        .contains("<system-out>Then I receive \"Hello\"\nexpected x\n\npassed  Given I connect");
  }

  @Test
  void rowsOfExamplesAreToldApart() throws Exception {
    ReportTestSuite suite = read(report(Reports.passed("same"), Reports.passed("same")));
    assertThat(suite.getTestCases())
        .extracting(ReportTestCase::getName)
        .containsExactly("same", "same (line 12)");
  }

  @Test
  void longOutputIsCut() throws Exception {
    Path file =
        report(
            Reports.failed(
                "x", "y\n".repeat(9_999), Reports.connected("I", Reports.echoes(900, "z", 1_000))));
    assertThat(file).content().contains("lines left out").hasSizeLessThan(100_000);
    assertThat(read(file).getNumberOfFailures()).isEqualTo(1);
  }

  @Test
  void checksAreCasesToo() throws Exception {
    Path file = directory.resolve("once.xml");
    JunitXml.Case skipped = JunitXml.Case.of("chat", "echo", new Outcome.Skipped("no thread"));
    JunitXml.write(file, "echosounder once", List.of(skipped), UnaryOperator.identity());
    assertThat(read(file).getNumberOfSkipped()).isEqualTo(1);
  }

  @Property(tries = 200)
  void anyTextCanBeReadBack(@ForAll String text) throws Exception {
    Path file = Files.createTempFile("junit", ".xml");
    try {
      JunitXml.Failure failure = new JunitXml.Failure("x", text, text);
      JunitXml.write(
          file,
          "s",
          List.of(new JunitXml.Case(text, "n" + text, null, failure, null, text)),
          UnaryOperator.identity());
      assertThat(read(file).getNumberOfFailures()).isEqualTo(1);
    } finally {
      Files.delete(file);
    }
  }
}
