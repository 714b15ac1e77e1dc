package dev.echosounder.report;

import dev.echosounder.report.ScenarioRecord.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A run as Markdown, appended to the file that GitHub Actions shows as the job's summary. */
public final class JobSummary implements RunReport {
  /** In bytes: GitHub refuses summaries above 1 MiB, and other steps may have written. */
  private static final int MOST_BYTES = 700_000;

  private static final int MOST_LINES = 80;

  private final Path file;
  private final Latencies latencies;
  private final List<String> failures = new ArrayList<>();
  private int passed;
  private int failed;
  private int waived;
  private int skipped;
  private int bytes;

  /**
   * @param latencies is told of each scenario as well
   */
  public JobSummary(Path file, Latencies latencies) {
    this.file = file;
    this.latencies = latencies;
  }

  @Override
  public void scenario(ScenarioRecord scenario, UnaryOperator<String> redact) {
    if (scenario.status() == Status.PASSED) {
      passed++;
    } else if (scenario.status() == Status.SKIPPED) {
      skipped++;
    } else if (scenario.status() == Status.WAIVED) {
      skipped++;
      waived++;
    } else {
      failed++;
      String failure = failure(scenario, redact);
      int size = failure.getBytes(StandardCharsets.UTF_8).length;
      if (bytes + size <= MOST_BYTES) {
        bytes += size;
        failures.add(failure);
      }
    }
  }

  private static String failure(ScenarioRecord scenario, UnaryOperator<String> redact) {
    String name = redact.apply(scenario.name());
    String place = scenario.file() + ":" + scenario.errorLine();
    String error = Excerpt.of(redact.apply(scenario.error()), MOST_LINES);
    // A blank line would end the block of HTML, and what follows would be Markdown again.
    String safe = html(Visible.lines(error)).replaceAll("\n(?=\n)", "\n&#8203;");
    return "<details><summary>❌ %s (%s)</summary>\n\n<pre>%s</pre>\n\n</details>\n\n"
        .formatted(cell(name), cell(place), safe);
  }

  @Override
  public void end() throws IOException {
    Files.writeString(
        file,
        markdown(),
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private String markdown() {
    StringBuilder text = new StringBuilder("### Echosounder: ");
    String excused = waived == 0 ? "" : " (%d waived)".formatted(waived);
    text.append(
        "%d passed, %d failed, %d skipped%s\n\n".formatted(passed, failed, skipped, excused));
    failures.forEach(text::append);
    if (failed > failures.size()) {
      text.append("%d failures more are left out.\n\n".formatted(failed - failures.size()));
    }
    latencies.rows().forEach((server, rows) -> table(text, server, rows));
    return text.toString();
  }

  private static void table(StringBuilder text, String server, List<Latencies.Row> rows) {
    text.append("Latency of ").append(cell(server)).append("\n\n");
    text.append("| phase | count | p50 | p90 | p99 | max |\n|---|--:|--:|--:|--:|--:|\n");
    for (Latencies.Row row : rows) {
      text.append("| ").append(cell(row.what())).append(" | ").append(row.count());
      for (Duration value : List.of(row.p50(), row.p90(), row.p99(), row.max())) {
        text.append(" | ").append(Units.text(value, true));
      }
      text.append(" |\n");
    }
    text.append('\n');
  }

  private static String html(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** Text that no sign of Markdown is read in. */
  private static String cell(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    for (char c : Visible.text(text).toCharArray()) {
      safe.append("&<>\\`*_[]|~#@".indexOf(c) >= 0 ? "&#" + (int) c + ";" : Character.toString(c));
    }
    return safe.toString();
  }
}
