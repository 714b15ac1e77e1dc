package dev.echosounder.cli;

import dev.echosounder.report.GithubAnnotations;
import dev.echosounder.report.HtmlReport;
import dev.echosounder.report.JobSummary;
import dev.echosounder.report.JunitReport;
import dev.echosounder.report.Latencies;
import dev.echosounder.report.RunReport;
import dev.echosounder.report.ScenarioRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The reports of a run of scenarios. */
final class ReportOptions {
  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Write an HTML report with timelines, and these as JSON lines and HAR.")
  private @Nullable Path report;

  @Option(names = "--junit", paramLabel = "FILE", description = "Write a JUnit XML report.")
  private @Nullable Path junit;

  @Option(names = "--html", paramLabel = "FILE", description = "Write Cucumber's HTML report.")
  private @Nullable Path html;

  @Option(
      names = "--messages",
      paramLabel = "FILE",
      description = "Write Cucumber's messages, NDJSON, for other tools.")
  private @Nullable Path messages;

  /** Prints the table of latencies before the last line, which is the result. */
  private record LatencyTable(Io io, Latencies latencies) implements RunReport {
    @Override
    public void scenario(ScenarioRecord scenario, UnaryOperator<String> redact) {
      latencies.scenario(scenario, redact);
    }

    @Override
    public void end() {
      String text = latencies.text(io.unicode());
      if (!text.isEmpty()) {
        io.print("\n" + text + "\n");
      }
    }
  }

  /** Told in this order: whoever reads the latencies comes after whoever fills them. */
  List<RunReport> ours(Io io) {
    Latencies latencies = new Latencies();
    List<RunReport> all = new ArrayList<>();
    all.add(new LatencyTable(io, latencies));
    Path directory = Writable.directory(report, "--report");
    if (directory != null) {
      all.add(new HtmlReport(directory, latencies));
    }
    Path xml = Writable.file(junit, "--junit");
    if (xml != null) {
      all.add(new JunitReport(xml));
    }
    if (onGithub(io)) {
      String workspace = io.environment().getOrDefault("GITHUB_WORKSPACE", "");
      all.add(new GithubAnnotations(io::print, Path.of(workspace)));
    }
    String summary = io.environment().getOrDefault("GITHUB_STEP_SUMMARY", "");
    if (!summary.isEmpty()) {
      all.add(new JobSummary(Path.of(summary), latencies));
    }
    return all;
  }

  static boolean onGithub(Io io) {
    return io.environment().getOrDefault("GITHUB_ACTIONS", "").equals("true");
  }

  /** Cucumber's own, by the names of its plugins. */
  Map<String, Path> cucumbers() {
    Map<String, Path> all = new LinkedHashMap<>();
    Path page = Writable.file(html, "--html");
    if (page != null) {
      all.put("html", page);
    }
    Path lines = Writable.file(messages, "--messages");
    if (lines != null) {
      all.put("message", lines);
    }
    return all;
  }
}
