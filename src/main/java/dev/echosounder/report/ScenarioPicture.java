package dev.echosounder.report;

import dev.echosounder.ws.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A scenario on one time axis, as SVG: its steps, and below them a lane for each connection. Works
 * without script; everything has its words in a tooltip, and the transcript says the same as text.
 */
final class ScenarioPicture {
  /** How many connections are drawn. */
  static final int MOST_LANES = 12;

  private static final double WIDTH = 1000;
  private static final double MARGIN = 10;
  private static final double STEPS_TOP = 24;
  private static final double STEPS_HEIGHT = 18;
  private static final double LANES_TOP = STEPS_TOP + STEPS_HEIGHT + 14;

  /** Below this width a step's number does not fit into its bar. */
  private static final double NUMBER_WIDTH = 16;

  /** Between two labels of the axis. */
  private static final double LABEL_WIDTH = 62;

  private final Markup html;
  private final ScenarioRecord scenario;
  private final List<ScenarioRecord.Connected> lanes;
  private final TimeAxis axis;
  private final double bottom;

  private ScenarioPicture(Markup html, ScenarioRecord scenario) {
    this.html = html;
    this.scenario = scenario;
    List<ScenarioRecord.Connected> all = scenario.connections();
    this.lanes = all.subList(0, Math.min(all.size(), MOST_LANES));
    this.axis = TimeAxis.of(instants(), MARGIN, WIDTH - MARGIN);
    this.bottom = LANES_TOP + lanes.size() * ConnectionLane.HEIGHT;
  }

  static void draw(Markup html, ScenarioRecord scenario) {
    new ScenarioPicture(html, scenario).draw();
  }

  private List<Long> instants() {
    List<Long> instants = new ArrayList<>();
    instants.add(scenario.startNanos());
    for (ScenarioRecord.Step step : scenario.steps()) {
      instants.add(step.startNanos());
      instants.add(end(step));
    }
    for (ScenarioRecord.Connected lane : lanes) {
      lane.timeline().events().forEach(event -> instants.add(event.nanos()));
    }
    return instants;
  }

  private static long end(ScenarioRecord.Step step) {
    return step.startNanos() + step.took().toNanos();
  }

  private void draw() {
    String height = number(bottom + 20);
    html.open("div", "class", "wide", "tabindex", "0", "role", "region", "aria-label", "Picture");
    html.open(
        "svg",
        "class",
        "picture",
        "viewBox",
        "0 0 " + number(WIDTH) + " " + height,
        "role",
        "img",
        "aria-label",
        "Steps and connections on a time axis");
    grid();
    breaks();
    failedSteps();
    html.leaf("text", "steps", "class", "who", "x", number(MARGIN), "y", number(STEPS_TOP - 8));
    for (int i = 0; i < scenario.steps().size(); i++) {
      step(scenario.steps().get(i), i + 1);
    }
    double top = LANES_TOP;
    for (ScenarioRecord.Connected lane : lanes) {
      new ConnectionLane(html, axis, lane, top).draw();
      top += ConnectionLane.HEIGHT;
    }
    html.close().close();
  }

  private void grid() {
    double last = -LABEL_WIDTH;
    for (long tick : axis.ticks()) {
      double x = axis.x(axis.start() + tick);
      html.empty("path", "class", "tick", "d", "M%s 8V%s".formatted(number(x), number(bottom)));
      if (x - last >= LABEL_WIDTH && x <= WIDTH - LABEL_WIDTH / 2) {
        String anchor = x < LABEL_WIDTH / 2 ? "start" : "middle";
        String text = tick == 0 ? "0" : round(Duration.ofNanos(tick));
        place("text", "label", x, bottom + 14, text, anchor);
        last = x;
      }
    }
  }

  private void breaks() {
    for (TimeAxis.Break gap : axis.breaks()) {
      double x = axis.x(gap.from());
      html.empty(
          "rect",
          "class",
          "break",
          "x",
          number(x),
          "y",
          "8",
          "width",
          number(TimeAxis.BREAK_WIDTH),
          "height",
          number(bottom - 8));
      String text = round(Duration.ofNanos(gap.length()));
      place("text", "label", x + TimeAxis.BREAK_WIDTH / 2, bottom + 14, text, "middle");
    }
  }

  private void failedSteps() {
    for (ScenarioRecord.Step step : scenario.steps()) {
      if (step.status() == ScenarioRecord.Status.FAILED) {
        double x = axis.x(step.startNanos());
        html.empty(
            "rect",
            "class",
            "during",
            "x",
            number(x),
            "y",
            number(STEPS_TOP),
            "width",
            number(Math.max(1.5, axis.x(end(step)) - x)),
            "height",
            number(bottom - STEPS_TOP));
      }
    }
  }

  private void step(ScenarioRecord.Step step, int index) {
    double x = axis.x(step.startNanos());
    double width = Math.max(1.5, axis.x(end(step)) - x - 1);
    html.open("g", "class", "step " + step.status().label());
    html.leaf(
        "title",
        "%d. %s%s: %s in %s"
            .formatted(
                index,
                step.keyword(),
                step.text(),
                step.status().label(),
                Units.text(step.took(), true)));
    html.empty(
        "rect",
        "x",
        number(x),
        "y",
        number(STEPS_TOP),
        "width",
        number(width),
        "height",
        number(STEPS_HEIGHT),
        "rx",
        "2");
    if (width >= NUMBER_WIDTH) {
      place("text", "", x + width / 2, STEPS_TOP + 13, Integer.toString(index), "middle");
    }
    html.close();
  }

  private void place(String name, String css, double x, double y, String text, String anchor) {
    html.leaf(name, text, "class", css, "x", number(x), "y", number(y), "text-anchor", anchor);
  }

  /** {@code 20 ms}, not {@code 20.0 ms}. */
  static String round(Duration duration) {
    return Units.text(duration, true)
        .replaceFirst("\\.0+ ", " ")
        .replaceFirst("(\\.[0-9]*[1-9])0+ ", "$1 ");
  }

  static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value).replaceFirst("\\.0$", "");
  }

  /** In words, without what is no event of a frame. */
  static String words(Event event) {
    return EventText.of(event).lines().get(0);
  }
}
