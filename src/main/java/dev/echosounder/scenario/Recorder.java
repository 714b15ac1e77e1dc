package dev.echosounder.scenario;

import dev.echosounder.report.RunReport;
import dev.echosounder.report.ScenarioRecord;
import dev.echosounder.report.ScenarioRecord.Connected;
import dev.echosounder.report.ScenarioRecord.Step;
import dev.echosounder.report.Secrets;
import io.cucumber.plugin.ConcurrentEventListener;
import io.cucumber.plugin.event.EventPublisher;
import io.cucumber.plugin.event.Node;
import io.cucumber.plugin.event.PickleStepTestStep;
import io.cucumber.plugin.event.Result;
import io.cucumber.plugin.event.Status;
import io.cucumber.plugin.event.TestCase;
import io.cucumber.plugin.event.TestCaseFinished;
import io.cucumber.plugin.event.TestCaseStarted;
import io.cucumber.plugin.event.TestRunFinished;
import io.cucumber.plugin.event.TestRunStarted;
import io.cucumber.plugin.event.TestSourceParsed;
import io.cucumber.plugin.event.TestStepFinished;
import io.cucumber.plugin.event.TestStepStarted;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * Makes a record of each scenario and gives it to the reports. Cucumber calls it on the scenarios'
 * threads, and reports are told by one of them at a time.
 */
final class Recorder implements ConcurrentEventListener {
  /** A scenario under way. */
  private static final class Draft {
    private final long start;
    private final Instant started;
    private final List<Step> steps = new ArrayList<>();
    private long stepStart;

    Draft(long start, Instant started) {
      this.start = start;
      this.started = started;
    }
  }

  private final LongSupplier nanos;
  private final Secrets secrets;
  private final Waivers waivers;

  // All guarded by this.
  private final List<RunReport> reports;
  private final Map<UUID, Draft> drafts = new HashMap<>();
  private final Map<URI, String> features = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * @param waivers what may fail; what passes in spite of it is reported as failed
   * @param nanos the clock that stamps the timelines
   */
  Recorder(List<RunReport> reports, Secrets secrets, Waivers waivers, LongSupplier nanos) {
    this.reports = new ArrayList<>(reports);
    this.secrets = secrets;
    this.waivers = waivers;
    this.nanos = nanos;
  }

  @Override
  public void setEventPublisher(EventPublisher publisher) {
    publisher.registerHandlerFor(TestRunStarted.class, event -> Connections.want());
    publisher.registerHandlerFor(TestSourceParsed.class, this::onFeature);
    publisher.registerHandlerFor(TestCaseStarted.class, this::onScenario);
    publisher.registerHandlerFor(TestStepStarted.class, this::onStep);
    publisher.registerHandlerFor(TestStepFinished.class, this::onStepEnd);
    publisher.registerHandlerFor(TestCaseFinished.class, this::onScenarioEnd);
    publisher.registerHandlerFor(TestRunFinished.class, this::onEnd);
  }

  /** Which reports could not be written, and why. */
  synchronized List<String> problems() {
    return List.copyOf(problems);
  }

  private synchronized void onFeature(TestSourceParsed event) {
    for (Node node : event.getNodes()) {
      features.put(event.getUri(), node.getName().orElse(""));
    }
  }

  private synchronized void onScenario(TestCaseStarted event) {
    drafts.put(event.getTestCase().getId(), new Draft(nanos.getAsLong(), event.getInstant()));
  }

  private synchronized void onStep(TestStepStarted event) {
    draft(event.getTestCase()).stepStart = nanos.getAsLong();
  }

  private Draft draft(TestCase scenario) {
    Draft draft = drafts.get(scenario.getId());
    if (draft == null) {
      throw new IllegalStateException("a step of a scenario that has not begun");
    }
    return draft;
  }

  private synchronized void onStepEnd(TestStepFinished event) {
    Draft draft = draft(event.getTestCase());
    Result result = event.getResult();
    ScenarioRecord.Status status = Told.status(result.getStatus());
    String error = status == ScenarioRecord.Status.FAILED ? Told.why(result) : "";
    if (event.getTestStep() instanceof PickleStepTestStep step) {
      draft.steps.add(
          new Step(
              step.getStep().getKeyword(),
              step.getStep().getText(),
              step.getStep().getLine(),
              status,
              draft.stepStart,
              result.getDuration(),
              error));
    } else if (!error.isEmpty()) {
      draft.steps.add(
          new Step("", Told.AT_THE_END, 0, status, draft.stepStart, result.getDuration(), error));
    }
  }

  private void onScenarioEnd(TestCaseFinished event) {
    List<Connected> connections = Connections.take(secrets);
    synchronized (this) {
      TestCase scenario = event.getTestCase();
      Draft draft = draft(scenario);
      drafts.remove(scenario.getId());
      ScenarioRecord done = record(event, scenario, draft, connections);
      tell(report -> report.scenario(done, secrets::redact));
    }
  }

  private ScenarioRecord record(
      TestCaseFinished event, TestCase scenario, Draft draft, List<Connected> connections) {
    int shown = Math.min(connections.size(), ScenarioRecord.MOST_CONNECTIONS);
    Status told = event.getResult().getStatus();
    ScenarioRecord.Status status = Told.status(told);
    Optional<String> excuse = waivers.excuse(scenario.getName(), told);
    Optional<String> outdated = waivers.outdated(scenario.getName(), told);
    if (excuse.isPresent()) {
      status = ScenarioRecord.Status.WAIVED;
    } else if (outdated.isPresent()) {
      status = ScenarioRecord.Status.FAILED;
      long now = nanos.getAsLong();
      draft.steps.add(new Step("", Told.AT_THE_END, 0, status, now, Duration.ZERO, outdated.get()));
    }
    return new ScenarioRecord(
        Told.file(scenario.getUri()),
        scenario.getLocation().getLine(),
        features.getOrDefault(scenario.getUri(), ""),
        scenario.getName(),
        status,
        excuse.orElse(""),
        draft.started,
        draft.start,
        event.getResult().getDuration(),
        draft.steps,
        connections.subList(0, shown),
        connections.size() - shown);
  }

  private synchronized void onEnd(TestRunFinished event) {
    Connections.wantNoMore();
    tell(RunReport::end);
  }

  private interface Telling {
    void to(RunReport report) throws IOException;
  }

  private void tell(Telling telling) {
    for (RunReport report : List.copyOf(reports)) {
      try {
        telling.to(report);
      } catch (IOException e) {
        problems.add("cannot write a report: " + e);
        reports.remove(report);
      }
    }
  }
}
