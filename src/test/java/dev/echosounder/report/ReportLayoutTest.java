package dev.echosounder.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.report.ScenarioRecord.Status;
import dev.echosounder.web.Browser;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages as Chromium lays them out: nothing is wider than a telephone, whatever the text. */
@Tag("surroundings")
final class ReportLayoutTest {
  private static final String WORD = "AWordOfNoBlanks".repeat(12);

  @TempDir private Path directory;

  private Path report() throws Exception {
    Latencies latencies = new Latencies();
    HtmlReport report = new HtmlReport(directory.resolve("report"), latencies);
    ScenarioRecord.Connected busy = Reports.connected(WORD, Reports.echoes(100, WORD, 1_000));
    for (ScenarioRecord scenario :
        List.of(
            Reports.passed("two hundred frames", busy),
            Reports.failed(WORD, "expected " + WORD + "\n  seen:     " + WORD, busy),
            Reports.scenario("old", Status.WAIVED, WORD, List.of(busy)))) {
      latencies.scenario(scenario, s -> s);
      report.scenario(scenario, s -> s);
    }
    report.end();
    return directory.resolve("report");
  }

  @Test
  void noPageIsWiderThanItsWindowAndAnErrorIsReadWithoutScrolling() throws Exception {
    Path report = report();
    try (Browser browser = Browser.start(directory)) {
      for (String page : List.of("index", "scenario-001", "scenario-002", "scenario-003")) {
        for (int width : List.of(320, 375, 768, 1440)) {
          browser.open(report.resolve(page + ".html").toUri().toString(), width, 800, width > 500);
          assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt(9_999))
              .as("%s at %d px", page, width)
              .isLessThanOrEqualTo(width);
          int hidden =
              browser
                  .evaluate(
                      "[...document.querySelectorAll('.error, .why, h1')]"
                          + ".map(e => e.scrollWidth - e.clientWidth).reduce((a, b) => a + b, 0)")
                  .asInt(9_999);
          assertThat(hidden).as("hidden text of %s at %d px", page, width).isZero();
        }
      }
    }
  }
}
