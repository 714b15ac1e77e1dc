package dev.echosounder.scenario;

import io.cucumber.core.feature.FeatureWithLines;
import io.cucumber.core.gherkin.FeatureParserException;
import io.cucumber.core.options.RuntimeOptions;
import io.cucumber.core.options.RuntimeOptionsBuilder;
import io.cucumber.core.runtime.Runtime;
import io.cucumber.tagexpressions.TagExpressionException;
import io.cucumber.tagexpressions.TagExpressionParser;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs features once, without Maven or JUnit. Runs on, and blocks, the calling thread. */
public final class FeatureRun {
  private FeatureRun() {}

  /**
   * What to run.
   *
   * @param features files and directories, which are searched for {@code .feature} files
   * @param target the endpoint; null means {@link DefaultTarget}'s rules. With a named target,
   *     scenarios tagged {@code @peer} are left out: they need the embedded peer. Without one,
   *     those tagged {@code @subprotocol}: the peer speaks none
   * @param tags a tag expression such as {@code @smoke and not @slow}; null means all
   * @param junit where to write a JUnit XML report, or null
   * @param html where to write an HTML report, or null
   * @param color whether {@code out} may carry ANSI colours
   * @param out where scenarios and failures are told as they happen
   */
  public record Request(
      List<Path> features,
      @Nullable URI target,
      @Nullable String tags,
      @Nullable Path junit,
      @Nullable Path html,
      boolean color,
      PrintStream out) {
    public Request {
      features = List.copyOf(features);
    }
  }

  /**
   * How it came out.
   *
   * @param skipped scenarios that were pending, or skipped by a hook
   * @param problems why nothing, or not everything, could be run: a missing file, a syntax error
   */
  public record Result(int passed, int failed, int skipped, List<String> problems) {
    public Result {
      problems = List.copyOf(problems);
    }

    /** Whether something ran and nothing failed. */
    public boolean successful() {
      return problems.isEmpty() && failed == 0 && passed > 0;
    }

    static Result problem(String problem) {
      return new Result(0, 0, 0, List.of(problem));
    }
  }

  /** Runs the features. Wrong input is a {@link Result#problems() problem}, never an exception. */
  public static Result run(Request request) {
    List<String> problems = unreadable(request.features());
    if (!problems.isEmpty()) {
      return new Result(0, 0, 0, problems);
    }
    URI target = request.target();
    if (target == null) {
      return runBound(request);
    }
    DefaultTarget.Binding binding;
    try {
      binding = DefaultTarget.bind(target);
    } catch (IllegalArgumentException e) {
      return Result.problem("the target: " + e.getMessage());
    }
    try {
      return runBound(request);
    } finally {
      binding.close();
    }
  }

  private static Result runBound(Request request) {
    Progress progress = new Progress(request.out(), request.color());
    try {
      Runtime.builder()
          .withRuntimeOptions(options(request))
          .withAdditionalPlugins(progress)
          .withClassLoader(FeatureRun.class::getClassLoader)
          .build()
          .run();
    } catch (FeatureParserException e) {
      return Result.problem("not a feature: " + e.getMessage());
    } catch (TagExpressionException e) {
      return Result.problem("not a tag expression: " + e.getMessage());
    } catch (IOException e) {
      return Result.problem("cannot write the report: " + e.getMessage());
    }
    Result result = progress.result();
    return result.passed() + result.failed() + result.skipped() > 0
        ? result
        : Result.problem("no scenario was found, or the tags leave none");
  }

  private static RuntimeOptions options(Request request) throws IOException {
    RuntimeOptionsBuilder options = Glue.addTo(new RuntimeOptionsBuilder()).setNoSummary();
    options.setPublishQuiet(true).setMonochrome(!request.color());
    request.features().forEach(f -> options.addFeature(FeatureWithLines.parse(f.toString())));
    if (request.tags() != null) {
      options.addTagFilter(TagExpressionParser.parse(request.tags()));
    }
    String missing = DefaultTarget.named().isPresent() ? "@peer" : "@subprotocol";
    options.addTagFilter(TagExpressionParser.parse("not " + missing));
    report(options, "junit", request.junit());
    report(options, "html", request.html());
    return options.build();
  }

  private static void report(RuntimeOptionsBuilder options, String kind, @Nullable Path file)
      throws IOException {
    if (file != null) {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      options.addPluginName(kind + ":" + file);
    }
  }

  private static List<String> unreadable(List<Path> features) {
    List<String> problems = new ArrayList<>();
    for (Path feature : features) {
      Path file = Path.of(feature.toString().replaceFirst("(\\.feature)(:\\d+)+$", "$1"));
      if (!Files.isReadable(file)) {
        problems.add("cannot read " + file + ": there is no such file or directory");
      }
    }
    return problems;
  }
}
