package dev.echosounder.report;

import dev.echosounder.report.ScenarioRecord.Status;
import dev.echosounder.ws.Opcode;
import dev.echosounder.ws.Phase;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A scenario's page: how it came out, its picture, its steps, its connections as text. */
final class ScenarioPage {
  /** How many lines of a transcript are shown; the files beside the page have the rest. */
  static final int MOST_LINES = 200;

  private static final int MOST_ERROR_LINES = 120;

  private final Markup html;
  private final ScenarioRecord scenario;
  private final List<ScenarioRecord.Connected> shown;

  private ScenarioPage(Markup html, ScenarioRecord scenario) {
    this.html = html;
    this.scenario = scenario;
    int most = Math.min(scenario.connections().size(), ScenarioPicture.MOST_LANES);
    this.shown = scenario.connections().subList(0, most);
  }

  /**
   * @param files the name, without ending, of the files beside the page
   */
  static void write(Markup html, ScenarioRecord scenario, String files) {
    new ScenarioPage(html, scenario).write(files);
  }

  private void write(String files) {
    html.open("p", "class", "crumb").leaf("a", "All scenarios", "href", "index.html").close();
    html.open("h1").text(scenario.name() + " ");
    html.leaf("span", scenario.status().label(), "class", scenario.status().label()).close();
    html.leaf(
        "p",
        "%s · %s · %s · took %s"
            .formatted(
                scenario.feature(),
                scenario.place(),
                HtmlReport.at(scenario.started()),
                HtmlReport.units(scenario.took())),
        "class",
        "about");
    if (scenario.status() == Status.WAIVED) {
      html.leaf("p", "Waived: " + scenario.waiver(), "class", "why waived");
    }
    String error = withoutTimeline(scenario.error());
    if (!error.isEmpty()) {
      html.open("pre", "class", "error").excerpt(error, MOST_ERROR_LINES).close();
    }
    ScenarioPicture.draw(html, scenario);
    legend();
    steps();
    shown.forEach(this::transcript);
    more(files);
  }

  /** The transcripts below have it. */
  private static String withoutTimeline(String error) {
    return error
        .lines()
        .takeWhile(line -> !line.startsWith("  timeline of "))
        .collect(Collectors.joining("\n"));
  }

  private void legend() {
    html.open("ul", "class", "legend");
    for (Phase phase : phases()) {
      html.open("li", "class", "phase " + phase.label());
      html.open("svg", "viewBox", "0 0 12 12")
          .empty("rect", "y", "2", "width", "12", "height", "8");
      html.close().text(phase.label()).close();
    }
    for (Opcode opcode : ConnectionLane.opcodes(shown)) {
      html.open("li", "class", "frame " + opcode.label()).open("svg", "viewBox", "0 0 12 12");
      html.empty("path", "class", "glyph", "d", Glyph.path(opcode, 6, 6)).close();
      html.text(opcode.label()).close();
    }
    html.leaf("li", shown.isEmpty() ? "no connection" : "above the line: sent; below: received");
    html.close();
  }

  private Set<Phase> phases() {
    Set<Phase> seen = EnumSet.noneOf(Phase.class);
    shown.forEach(c -> seen.addAll(c.timeline().phases().keySet()));
    return seen;
  }

  private void steps() {
    html.leaf("h2", "Steps").open("ol", "class", "steps");
    for (ScenarioRecord.Step step : scenario.steps()) {
      html.open("li", "class", step.status().label()).open("span", "class", "step");
      html.leaf("b", step.keyword()).text(step.text()).close();
      if (step.status() != Status.PASSED) {
        html.leaf("em", step.status().label(), "class", step.status().label());
      }
      html.leaf("span", HtmlReport.units(step.took()), "class", "n").close();
    }
    html.close();
  }

  private void transcript(ScenarioRecord.Connected connection) {
    html.leaf("h2", connection.who() + " → " + Redaction.text(connection.target().toString()));
    html.open("pre").excerpt(Transcript.text(connection.timeline()), MOST_LINES).close();
  }

  private void more(String files) {
    int hidden = scenario.connections().size() - shown.size();
    if (hidden > 0) {
      html.leaf(
          "p",
          "%d connections more are in the files below only.".formatted(hidden),
          "class",
          "about");
    }
    if (scenario.connectionsLeftOut() > 0) {
      String text = "%d connections more are left out everywhere.";
      html.leaf("p", text.formatted(scenario.connectionsLeftOut()), "class", "about");
    }
    html.open("p", "class", "files").text("Everything: ");
    html.leaf("a", "JSON lines", "href", files + ".jsonl").text(" · ");
    html.leaf("a", "HTTP Archive (HAR)", "href", files + ".har").close();
  }
}
