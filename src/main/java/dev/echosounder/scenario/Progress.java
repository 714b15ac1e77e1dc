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
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Tells a person how a run goes: one line a scenario, and all about those that failed. */
final class Progress implements ConcurrentEventListener {
  private final PrintStream out;
  private final boolean color;
  private final UnaryOperator<String> redact;
  private final Waivers waivers;
  private final Map<Status, Integer> counts = new EnumMap<>(Status.class);

  /** What went wrong in the scenarios under way, by their id. */
  private final Map<UUID, List<String>> faults = new LinkedHashMap<>();

  private final List<String> problems = new ArrayList<>();

  /** Failed, though waived: which is as good as passed, and yet to be told. */
  private int waived;

  /** Passed, though waived: the waiver is out of date. */
  private int unwaived;

  /**
   * @param redact hides secrets; it may learn of them as late as the end of a scenario
   */
  Progress(PrintStream out, boolean color, UnaryOperator<String> redact, Waivers waivers) {
    this.out = out;
    this.color = color;
    this.redact = redact;
    this.waivers = waivers;
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
    int failed = all - passed - skipped;
    return new FeatureRun.Result(
        passed - unwaived, failed - waived + unwaived, skipped + waived, problems);
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
    waivers.met(scenario.getName());
    if (judgeWaived(scenario, status)) {
      return;
    }
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

  /** True if there is no more to say. */
  private boolean judgeWaived(TestCase scenario, Status status) {
    String name = redact.apply(scenario.getName());
    Optional<String> excuse = waivers.excuse(scenario.getName(), status);
    if (excuse.isPresent()) {
      waived++;
      faults.remove(scenario.getId());
      out.println(paint("33", "waived ") + " " + name + " (" + excuse.get() + ")");
      return true;
    }
    Optional<String> outdated = waivers.outdated(scenario.getName(), status);
    if (outdated.isPresent()) {
      unwaived++;
      out.println(mark(Status.FAILED) + " " + name);
      out.println("  " + outdated.get());
    }
    return outdated.isPresent();
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
    waivers
        .unmet()
        .forEach(w -> problems.add("the waived scenario \"" + w + "\" was not among those run"));
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
