package dev.echosounder.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The scenarios of a run as JUnit XML, written when the run ends. */
public final class JunitReport implements RunReport {
  /** Transcripts are for failures; so many connections of each. */
  private static final int MOST_TRANSCRIPTS = 4;

  private final Path file;
  private final List<JunitXml.Case> cases = new ArrayList<>();
  private final Set<List<String>> names = new HashSet<>();

  public JunitReport(Path file) {
    this.file = file;
  }

  @Override
  public void scenario(ScenarioRecord scenario, UnaryOperator<String> redact) {
    boolean failed = scenario.status() == ScenarioRecord.Status.FAILED;
    String place = scenario.file() + ":" + scenario.errorLine();
    JunitXml.Failure failure =
        failed
            ? new JunitXml.Failure(
                "scenario",
                redact.apply(place + ": " + scenario.headline()),
                redact.apply(place + "\n" + scenario.error()))
            : null;
    boolean waived = scenario.status() == ScenarioRecord.Status.WAIVED;
    cases.add(
        new JunitXml.Case(
            redact.apply(scenario.feature()),
            redact.apply(name(scenario)),
            scenario.took(),
            failure,
            skipped(scenario, redact),
            failed || waived ? redact.apply(output(scenario)) : ""));
  }

  private static @Nullable String skipped(ScenarioRecord scenario, UnaryOperator<String> redact) {
    return switch (scenario.status()) {
      case WAIVED -> redact.apply("waived: " + scenario.waiver());
      case SKIPPED -> "skipped at " + scenario.place();
      case PASSED, FAILED -> null;
    };
  }

  /** Rows of examples share a name; CI systems would take them for one case. */
  private String name(ScenarioRecord scenario) {
    return names.add(List.of(scenario.feature(), scenario.name()))
        ? scenario.name()
        : "%s (line %d)".formatted(scenario.name(), scenario.line());
  }

  private static String output(ScenarioRecord scenario) {
    StringBuilder text = new StringBuilder();
    if (scenario.status() == ScenarioRecord.Status.WAIVED) {
      text.append(scenario.error()).append("\n\n");
    }
    for (ScenarioRecord.Step step : scenario.steps()) {
      text.append(step.status().label()).append("  ").append(step.keyword()).append(step.text());
      text.append('\n');
    }
    int most = Math.min(MOST_TRANSCRIPTS, scenario.connections().size());
    for (ScenarioRecord.Connected connection : scenario.connections().subList(0, most)) {
      String url = Redaction.text(connection.target().toString());
      text.append('\n').append(connection.who()).append(" → ").append(url).append('\n');
      text.append(Transcript.text(connection.timeline()));
    }
    return text.toString();
  }

  @Override
  public void end() throws IOException {
    JunitXml.write(file, "echosounder test", cases, UnaryOperator.identity());
  }
}
