package dev.echosounder.scenario;

import io.cucumber.core.eventbus.EventBus;
import io.cucumber.core.eventbus.IncrementingUuidGenerator;
import io.cucumber.core.feature.FeatureParser;
import io.cucumber.core.gherkin.Feature;
import io.cucumber.core.gherkin.FeatureParserException;
import io.cucumber.core.gherkin.Pickle;
import io.cucumber.core.options.RuntimeOptions;
import io.cucumber.core.options.RuntimeOptionsBuilder;
import io.cucumber.core.resource.Resource;
import io.cucumber.core.runner.Runner;
import io.cucumber.core.runtime.BackendServiceLoader;
import io.cucumber.core.runtime.ObjectFactoryServiceLoader;
import io.cucumber.core.runtime.ObjectFactorySupplier;
import io.cucumber.core.runtime.SingletonObjectFactorySupplier;
import io.cucumber.core.runtime.TimeServiceEventBus;
import io.cucumber.plugin.event.PickleStepTestStep;
import io.cucumber.plugin.event.Result;
import io.cucumber.plugin.event.Status;
import io.cucumber.plugin.event.TestCaseFinished;
import io.cucumber.plugin.event.TestStepFinished;
import io.cucumber.plugin.event.TestStepStarted;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs scenarios again and again with the glue bound once: about 0.05 ms a run, where starting
 * Cucumber's runtime takes 8 ms. The only class that uses Cucumber's runner, parser and event bus,
 * which are public without a promise to stay. Used by one thread at a time, not always the same.
 */
final class ScenarioRunner {
  /** One for all: an instance of it is a session, of which Cucumber has 255. */
  private static final IncrementingUuidGenerator IDS = new IncrementingUuidGenerator();

  /**
   * One scenario, or one row of an outline, parsed.
   *
   * @param line of the scenario; of the row, if it is one
   */
  record Parsed(String name, int line, boolean row, List<String> tags, Pickle pickle) {}

  /** What happens first to a step that does not pass. */
  interface Watcher {
    /** A step begins; hooks have the step before. */
    void begins(String step, int line);

    /** The step that began last has not passed, or the hooks after the last one. */
    void failed(Status status, @Nullable Throwable error);
  }

  private final Runner runner;
  private @Nullable Watcher watcher;
  private @Nullable Result result;

  private ScenarioRunner(boolean dry) {
    Supplier<ClassLoader> classes = ScenarioRunner.class::getClassLoader;
    RuntimeOptionsBuilder builder = Glue.addTo(new RuntimeOptionsBuilder());
    RuntimeOptions options = (dry ? builder.setDryRun() : builder).build();
    EventBus bus = new TimeServiceEventBus(Clock.systemUTC(), IDS);
    bus.registerHandlerFor(TestStepStarted.class, this::begins);
    bus.registerHandlerFor(TestStepFinished.class, this::finished);
    bus.registerHandlerFor(TestCaseFinished.class, event -> result = event.getResult());
    ObjectFactorySupplier objects =
        new SingletonObjectFactorySupplier(new ObjectFactoryServiceLoader(classes, options));
    runner =
        new Runner(bus, new BackendServiceLoader(classes, objects).get(), objects.get(), options);
  }

  /** Binds the glue: some tens of milliseconds. */
  static ScenarioRunner create() {
    return new ScenarioRunner(false);
  }

  /** One that runs no step, but tells of steps that nothing defines. */
  static ScenarioRunner dry() {
    return new ScenarioRunner(true);
  }

  /**
   * The scenarios of a feature.
   *
   * @throws IllegalArgumentException if it is none; says what and in which line
   */
  static List<Parsed> parse(Path file, String source) {
    Resource resource =
        new Resource() {
          @Override
          public URI getUri() {
            return file.toUri();
          }

          @Override
          public InputStream getInputStream() {
            return new ByteArrayInputStream(source.getBytes(StandardCharsets.UTF_8));
          }
        };
    try {
      return new FeatureParser(IDS)
          .parseResource(resource).map(Feature::getPickles).orElse(List.of()).stream()
              .map(ScenarioRunner::parsed)
              .toList();
    } catch (FeatureParserException e) {
      // Its first line is the path, which whoever asked knows.
      String why = String.valueOf(e.getMessage()).replaceFirst("^Failed to parse .*\\R", "");
      throw new IllegalArgumentException("not a feature: " + why, e);
    }
  }

  private static Parsed parsed(Pickle pickle) {
    return new Parsed(
        pickle.getName(),
        pickle.getLocation().getLine(),
        pickle.getExamplesLocation().isPresent(),
        List.copyOf(pickle.getTags()),
        pickle);
  }

  /** Runs it on this thread; whether it passed. */
  boolean run(Parsed scenario, Watcher told) {
    watcher = told;
    result = null;
    try {
      runner.runPickle(scenario.pickle());
      return result != null && result.getStatus() == Status.PASSED;
    } finally {
      watcher = null;
    }
  }

  private void begins(TestStepStarted event) {
    if (watcher != null && event.getTestStep() instanceof PickleStepTestStep step) {
      watcher.begins(
          step.getStep().getKeyword() + step.getStep().getText(), step.getStep().getLine());
    }
  }

  private void finished(TestStepFinished event) {
    Status status = event.getResult().getStatus();
    if (watcher != null && status != Status.PASSED && status != Status.SKIPPED) {
      if (!(event.getTestStep() instanceof PickleStepTestStep)) {
        watcher.begins("at the scenario's end", event.getTestCase().getLocation().getLine());
      }
      watcher.failed(status, event.getResult().getError());
    }
  }
}
