package dev.echosounder.scenario;

import dev.echosounder.report.RunReport;
import dev.echosounder.report.Secrets;
import dev.echosounder.ws.Listener;
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
import java.util.Map;
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
   * @param reports told of each scenario, in this order, before {@code out} is
   * @param cucumber Cucumber's own reports: {@code html}, {@code message}, … and the file of each
   * @param wire hears every event of every connection on its I/O thread
   * @param secrets learns what the run uses; no report shows it
   * @param color whether {@code out} may carry ANSI colours
   * @param out where scenarios and failures are told as they happen
   * @param waivers a file of scenarios that are known to fail, {@code name # reason} in a line, or
   *     null; such a one is counted as skipped when it fails, and as failed when it passes
   */
  public record Request(
      List<Path> features,
      @Nullable URI target,
      @Nullable String tags,
      List<RunReport> reports,
      Map<String, Path> cucumber,
      Listener wire,
      Secrets secrets,
      boolean color,
      PrintStream out,
      @Nullable Path waivers) {
    public Request {
      features = List.copyOf(features);
      reports = List.copyOf(reports);
      cucumber = Map.copyOf(cucumber);
    }

    /** All of the features, with no report but what is told. */
    public static Request of(List<Path> features, PrintStream out) {
      return new Request(
          features,
          null,
          null,
          List.of(),
          Map.of(),
          Listener.NONE,
          new Secrets(),
          false,
          out,
          null);
    }

    /** The same against {@code uri}; null means {@link DefaultTarget}'s rules. */
    public Request at(@Nullable URI uri) {
      return new Request(
          features, uri, tags, reports, cucumber, wire, secrets, color, out, waivers);
    }

    /** The same, of those scenarios only. */
    public Request tagged(@Nullable String expression) {
      return new Request(
          features, target, expression, reports, cucumber, wire, secrets, color, out, waivers);
    }

    /** The same, telling in colour or not. */
    public Request colored(boolean wanted) {
      return new Request(
          features, target, tags, reports, cucumber, wire, secrets, wanted, out, waivers);
    }

    /** The same with one who hears every event. */
    public Request told(Listener listener) {
      return new Request(
          features, target, tags, reports, cucumber, listener, secrets, color, out, waivers);
    }

    /** The same with these reports. */
    public Request reporting(List<RunReport> ours, Map<String, Path> cucumbers, Secrets hidden) {
      return new Request(
          features, target, tags, ours, cucumbers, wire, hidden, color, out, waivers);
    }

    /** The same with the waivers of this file. */
    public Request waiving(@Nullable Path file) {
      return new Request(
          features, target, tags, reports, cucumber, wire, secrets, color, out, file);
    }
  }

  /**
   * How it came out.
   *
   * @param skipped scenarios that were pending, skipped by a hook, or failed as their waiver says
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

    Result and(List<String> more) {
      List<String> all = new ArrayList<>(problems);
      all.addAll(more);
      return new Result(passed, failed, skipped, all);
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
    Waivers waivers;
    try {
      waivers = Waivers.read(request.waivers());
    } catch (IOException e) {
      return Result.problem("cannot read the waivers: " + e);
    }
    return waivers.problems().isEmpty()
        ? runBound(request, waivers)
        : new Result(0, 0, 0, waivers.problems());
  }

  private static Result runBound(Request request, Waivers waivers) {
    Secrets secrets = request.secrets();
    DefaultTarget.named().ifPresent(uri -> secrets.learn(DefaultTarget.at(uri)));
    // In this order: what the recorder learns is hidden by the other.
    Recorder recorder = new Recorder(request.reports(), secrets, waivers, System::nanoTime);
    Progress progress = new Progress(request.out(), request.color(), secrets::redact, waivers);
    Shared.witness(request.wire());
    try {
      Runtime.builder()
          .withRuntimeOptions(options(request))
          .withAdditionalPlugins(recorder, progress)
          .withClassLoader(FeatureRun.class::getClassLoader)
          .build()
          .run();
      for (Path written : request.cucumber().values()) {
        redact(written, secrets);
      }
    } catch (FeatureParserException e) {
      return Result.problem("not a feature: " + e.getMessage());
    } catch (TagExpressionException e) {
      return Result.problem("not a tag expression: " + e.getMessage());
    } catch (IOException e) {
      return Result.problem("cannot write the report: " + e.getMessage());
    } finally {
      Shared.witness(Listener.NONE);
    }
    Result result = progress.result().and(recorder.problems());
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
    for (Map.Entry<String, Path> report : request.cucumber().entrySet()) {
      Path parent = report.getValue().toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      options.addPluginName(report.getKey() + ":" + report.getValue());
    }
    return options.build();
  }

  /** Cucumber writes a feature's text before its scenarios tell what in it is a secret. */
  private static void redact(Path file, Secrets secrets) throws IOException {
    String text = Files.readString(file);
    String quiet = secrets.redact(text);
    if (!quiet.equals(text)) {
      Files.writeString(file, quiet);
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
