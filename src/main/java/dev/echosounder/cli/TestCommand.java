package dev.echosounder.cli;

import dev.echosounder.report.Redaction;
import dev.echosounder.report.Secrets;
import dev.echosounder.report.WireLog;
import dev.echosounder.scenario.FeatureRun;
import dev.echosounder.ws.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code test}: runs features once, without Maven or JUnit. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description = "Runs Gherkin scenarios once and reports what failed, and why.")
final class TestCommand implements Callable<Integer> {
  private final Io io;

  @Parameters(
      arity = "0..*",
      paramLabel = "FEATURES",
      description = "Feature files, FILE:LINE, or directories. Default: features.")
  private List<Path> features = new ArrayList<>();

  @Option(
      names = "--target",
      paramLabel = "URL",
      description = "The endpoint. Default: an embedded echo server.")
  private @Nullable String target;

  @Option(
      names = "--tags",
      paramLabel = "EXPRESSION",
      description = "Only scenarios with these tags: \"@smoke and not @slow\".")
  private @Nullable String tags;

  @Mixin private ReportOptions reports = new ReportOptions();

  @Option(
      names = "--wire",
      description = "Show every event and frame of every connection as it happens.")
  private boolean wire;

  @Option(
      names = "--waivers",
      paramLabel = "FILE",
      description = "Scenarios known to fail: lines of \"NAME # REASON\". One that passes fails.")
  private @Nullable Path waivers;

  TestCommand(Io io) {
    this.io = io;
  }

  @Override
  public Integer call() {
    Target endpoint = target == null ? null : Url.target(target);
    Secrets secrets = new Secrets();
    FeatureRun.Request request =
        FeatureRun.Request.of(
                features.isEmpty() ? List.of(Path.of("features")) : features, io.out())
            .at(endpoint == null ? null : endpoint.uri())
            .tagged(tags)
            .colored(io.color())
            .waiving(waivers)
            .reporting(reports.ours(io), reports.cucumbers(), secrets);
    FeatureRun.Result result = run(request, secrets);
    if (!result.problems().isEmpty()) {
      result
          .problems()
          .forEach(p -> io.err().println("error: " + secrets.redact(Redaction.text(p))));
      return Exit.USAGE;
    }
    return result.successful() ? Exit.PASSED : Exit.FAILED;
  }

  private FeatureRun.Result run(FeatureRun.Request request, Secrets secrets) {
    if (!wire) {
      return FeatureRun.run(request);
    }
    try (WireLog log = Wire.log(io, secrets, s -> s)) {
      return FeatureRun.run(request.told(log));
    }
  }
}
