package dev.echosounder.cli;

import dev.echosounder.report.Redaction;
import dev.echosounder.scenario.FeatureRun;
import dev.echosounder.ws.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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

  @Option(names = "--junit", paramLabel = "FILE", description = "Write a JUnit XML report.")
  private @Nullable Path junit;

  @Option(names = "--html", paramLabel = "FILE", description = "Write an HTML report.")
  private @Nullable Path html;

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
    FeatureRun.Result result =
        FeatureRun.run(
            new FeatureRun.Request(
                features.isEmpty() ? List.of(Path.of("features")) : features,
                endpoint == null ? null : endpoint.uri(),
                tags,
                writable(junit, "--junit"),
                writable(html, "--html"),
                io.color(),
                io.out(),
                waivers));
    if (!result.problems().isEmpty()) {
      result.problems().forEach(p -> io.err().println("error: " + Redaction.text(p)));
      return Exit.USAGE;
    }
    return result.successful() ? Exit.PASSED : Exit.FAILED;
  }

  /** Said before minutes of scenarios are run, not after. */
  private static @Nullable Path writable(@Nullable Path file, String option) {
    if (file == null) {
      return null;
    }
    Path existing = file.toAbsolutePath();
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    boolean there = existing.equals(file.toAbsolutePath());
    if (!Files.isWritable(existing) || there == Files.isDirectory(existing)) {
      throw new BadInput("%s: cannot write the file %s".formatted(option, file));
    }
    return file;
  }
}
