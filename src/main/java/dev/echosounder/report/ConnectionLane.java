package dev.echosounder.report;

import static dev.echosounder.report.ScenarioPicture.number;

import dev.echosounder.ws.Ending;
import dev.echosounder.ws.Event;
import dev.echosounder.ws.Frame;
import dev.echosounder.ws.Opcode;
import dev.echosounder.ws.Phase;
import dev.echosounder.ws.Timeline;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One connection in a scenario's picture: its phases, its frames, its end. */
final class ConnectionLane {
  static final double HEIGHT = 132;

  /** How many frames of a connection are drawn. */
  static final int MOST_FRAMES = 200;

  private static final double PHASES = 22;
  private static final double BAR = 8;
  private static final double LINE = 84;
  private static final double STEM = 24;

  /** They lie within others' time, so they have a row of their own. */
  private static final Set<Phase> WITHIN = EnumSet.of(Phase.FIRST_MESSAGE, Phase.ECHO);

  private final Markup html;
  private final TimeAxis axis;
  private final ScenarioRecord.Connected lane;
  private final Timeline timeline;
  private final double top;

  ConnectionLane(Markup html, TimeAxis axis, ScenarioRecord.Connected lane, double top) {
    this.html = html;
    this.axis = axis;
    this.lane = lane;
    this.timeline = lane.timeline();
    this.top = top;
  }

  void draw() {
    html.open("g", "class", "lane");
    Thinned frames = Thinned.of(timeline, MOST_FRAMES);
    String left = frames.leftOut() == 0 ? "" : " · %d frames left out".formatted(frames.leftOut());
    String title = lane.who() + " → " + Redaction.text(lane.target().toString()) + left;
    html.leaf("text", title, "class", "who", "x", "10", "y", number(top + 14));
    phases();
    line();
    frames.frames().forEach(this::frame);
    end();
    html.close();
  }

  private void phases() {
    List<Waterfall.Bar> bars = Waterfall.bars(timeline);
    long begin = Waterfall.begin(timeline);
    for (Waterfall.Bar bar : bars) {
      long from = begin + bar.start().toNanos();
      double x = axis.x(from);
      double width = Math.max(1.5, axis.x(from + bar.took().toNanos()) - x);
      double y = top + PHASES + (WITHIN.contains(bar.phase()) ? BAR + 2 : 0);
      if (bar.phase() == Phase.ECHO) {
        y += BAR / 2;
      }
      double height = WITHIN.contains(bar.phase()) ? BAR / 2 : BAR;
      html.open("g", "class", "phase " + bar.phase().label());
      html.leaf("title", bar.phase().label() + ": " + Units.text(bar.took(), true));
      html.empty(
          "rect", "x", number(x), "y", number(y), "width", number(width), "height", number(height));
      html.close();
    }
  }

  /** While it is open, its line is thick. */
  private void line() {
    List<Event> events = timeline.events();
    if (events.isEmpty()) {
      return;
    }
    double y = top + LINE;
    double from = axis.x(events.get(0).nanos());
    double to = axis.x(events.get(events.size() - 1).nanos());
    html.empty("path", "class", "trying", "d", path(from, y, to));
    events.stream()
        .filter(Event.Upgraded.class::isInstance)
        .findFirst()
        .ifPresent(
            open -> html.empty("path", "class", "open", "d", path(axis.x(open.nanos()), y, to)));
  }

  private static String path(double from, double y, double to) {
    return "M%s %sH%s".formatted(number(from), number(y), number(to));
  }

  private void frame(Event event) {
    Frame frame = Thinned.frame(event);
    if (frame == null) {
      return;
    }
    boolean sent = event instanceof Event.Sent;
    double x = axis.x(event.nanos());
    double line = top + LINE;
    double y = sent ? line - STEM : line + STEM;
    html.open("g", "class", "frame " + (sent ? "sent " : "received ") + frame.opcode().label());
    html.leaf(
        "title", "+%s %s %s".formatted(since(event), sent ? "sent" : "received", words(event)));
    html.empty(
        "path", "class", "stem", "d", "M%s %sV%s".formatted(number(x), number(line), number(y)));
    html.empty("path", "class", "glyph", "d", Glyph.path(frame.opcode(), x, y));
    html.close();
  }

  private void end() {
    for (Event event : timeline.events()) {
      if (event instanceof Event.Ended ended) {
        Ending ending = ended.ending();
        end(event, ending.isDrop(), ending.cause().label() + " " + ending.code());
      } else if (event instanceof Event.Refused refused) {
        end(event, true, refused.failure().cause().label());
      }
    }
  }

  private void end(Event event, boolean bad, String text) {
    double x = axis.x(event.nanos());
    double y = top + LINE;
    boolean left = x > 800;
    html.open("g", "class", bad ? "end dropped" : "end");
    html.leaf("title", "+%s %s".formatted(since(event), words(event)));
    html.empty(
        "path",
        "class",
        "stop",
        "d",
        "M%s %sV%s".formatted(number(x), number(y - 9), number(y + 9)));
    html.leaf(
        "text",
        text,
        "x",
        number(left ? x - 8 : x + 8),
        "y",
        number(top + 40 + 86),
        "text-anchor",
        left ? "end" : "start");
    html.close();
  }

  private static String words(Event event) {
    return ScenarioPicture.words(event);
  }

  private String since(Event event) {
    Duration since = timeline.since(event.nanos());
    return String.format(Locale.ROOT, "%.3f ms", since.toNanos() / 1e6);
  }

  /** Which shapes the legend has to explain. */
  static Set<Opcode> opcodes(List<ScenarioRecord.Connected> lanes) {
    Set<Opcode> seen = EnumSet.noneOf(Opcode.class);
    for (ScenarioRecord.Connected lane : lanes) {
      for (Event event : lane.timeline().events()) {
        @Nullable Frame frame = Thinned.frame(event);
        if (frame != null) {
          seen.add(frame.opcode());
        }
      }
    }
    return seen;
  }
}
