package dev.echosounder.scenario;

import io.cucumber.plugin.ConcurrentEventListener;
import io.cucumber.plugin.event.EventPublisher;
import io.cucumber.plugin.event.PickleStepTestStep;
import io.cucumber.plugin.event.Result;
import io.cucumber.plugin.event.SnippetsSuggestedEvent;
import io.cucumber.plugin.event.Status;
import io.cucumber.plugin.event.TestCase;
import io.cucumber.plugin.event.TestCaseFinished;
import io.cucumber.plugin.event.TestRunFinished;
import io.cucumber.plugin.event.TestStepFinished;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Tells a person how a run goes: one line a scenario, and all about those that failed. */
final class Progress implements ConcurrentEventListener {
  private final PrintStream out;
  private final boolean color;
  private final UnaryOperator<String> redact;
  private final Map<Status, Integer> counts = new EnumMap<>(Status.class);

  /** What went wrong in the scenarios under way, by their id. */
  private final Map<UUID, List<String>> faults = new LinkedHashMap<>();

  private final List<String> problems = new ArrayList<>();

  /**
   * @param redact hides secrets; it may learn of them as late as the end of a scenario
   */
  Progress(PrintStream out, boolean color, UnaryOperator<String> redact) {
    this.out = out;
    this.color = color;
    this.redact = redact;
  }

  @Override
  public void setEventPublisher(EventPublisher publisher) {
    publisher.registerHandlerFor(TestStepFinished.class, this::onStep);
    publisher.registerHandlerFor(TestCaseFinished.class, this::onScenario);
    publisher.registerHandlerFor(TestRunFinished.class, this::onEnd);
    publisher.registerHandlerFor(SnippetsSuggestedEvent.class, this::onUnknownStep);
  }

  FeatureRun.Result result() {
    int passed = counts.getOrDefault(Status.PASSED, 0);
    int skipped = counts.getOrDefault(Status.SKIPPED, 0) + counts.getOrDefault(Status.PENDING, 0);
    int all = counts.values().stream().mapToInt(Integer::intValue).sum();
    return new FeatureRun.Result(passed, all - passed - skipped, skipped, problems);
  }

  private synchronized void onStep(TestStepFinished event) {
    Result result = event.getResult();
    if (result.getStatus().isOk() || result.getStatus() == Status.SKIPPED) {
      return;
    }
    String where =
        event.getTestStep() instanceof PickleStepTestStep step
            ? step.getStep().getKeyword() + step.getStep().getText()
            : Told.AT_THE_END;
    String why = Told.why(result);
    faults
        .computeIfAbsent(event.getTestCase().getId(), id -> new ArrayList<>())
        .add(where + "\n" + why.stripTrailing().indent(2).stripTrailing());
  }

  private synchronized void onScenario(TestCaseFinished event) {
    TestCase scenario = event.getTestCase();
    Status status = event.getResult().getStatus();
    counts.merge(status, 1, Integer::sum);
    out.println(mark(status) + " " + redact.apply(scenario.getName()));
    if (scenario.getTestSteps().stream().noneMatch(PickleStepTestStep.class::isInstance)) {
      problems.add(
          "%s:%d: the scenario has no steps; a misspelt keyword turns them into a description"
              .formatted(scenario.getUri(), scenario.getLocation().getLine()));
    }
    List<String> wrong = faults.remove(scenario.getId());
    if (wrong != null) {
      out.println("  " + scenario.getUri() + ":" + scenario.getLocation().getLine());
      wrong.forEach(fault -> out.print(redact.apply(fault).indent(2)));
    }
  }

  private synchronized void onUnknownStep(SnippetsSuggestedEvent event) {
    problems.add(
        "%s:%d: there is no step \"%s\"; \"echosounder steps\" lists them"
            .formatted(
                event.getUri(),
                event.getStepLocation().getLine(),
                event.getSuggestion().getStep()));
  }

  /** Hooks around the whole run fail here, or nowhere. */
  private synchronized void onEnd(TestRunFinished event) {
    Throwable error = event.getResult().getError();
    if (error != null && counts.getOrDefault(Status.FAILED, 0) == 0) {
      problems.add("the run itself failed: " + error);
    }
    FeatureRun.Result r = result();
    out.printf("%d passed, %d failed, %d skipped%n", r.passed(), r.failed(), r.skipped());
    out.flush();
  }

  private String mark(Status status) {
    return switch (status) {
      case PASSED -> paint("32", "ok     ");
      case SKIPPED, PENDING -> paint("33", "skipped");
      default -> paint("31", "FAILED ");
    };
  }

  private String paint(String code, String text) {
    return color ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
