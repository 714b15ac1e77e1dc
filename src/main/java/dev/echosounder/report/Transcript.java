package dev.echosounder.report;

import dev.echosounder.ws.Event;
import dev.echosounder.ws.Timeline;
import java.util.List;
import java.util.Locale;

/**
 * A timeline as text for a person: one event a line, in milliseconds since the start, {@code →}
 * sent, {@code ←} received; credentials hidden ({@link Redaction}), control characters visible.
 */
public final class Transcript {
  private static final String INDENT = " ".repeat(18);

  private Transcript() {}

  /** The whole timeline, oldest first, each line with its time since the start. */
  public static String text(Timeline timeline) {
    // Read first: a frame forgotten after the snapshot of the events would be reported too early.
    long forgotten = timeline.forgottenFrames();
    StringBuilder text = new StringBuilder();
    boolean frames = false;
    for (Event event : timeline.events()) {
      boolean frame = event instanceof Event.Sent || event instanceof Event.Received;
      if (frame && !frames && forgotten > 0) {
        text.append(INDENT).append("… ").append(forgotten).append(" frames no longer kept\n");
      }
      frames |= frame;
      append(text, timeline, event);
    }
    return text.toString();
  }

  /** The newest frames that the timeline keeps, oldest first, on one line. */
  public static String lastFrames(Timeline timeline, int most) {
    List<String> frames =
        timeline.events().stream()
            .filter(event -> event instanceof Event.Sent || event instanceof Event.Received)
            .map(EventText::of)
            .map(words -> words.sign() + " " + words.lines().get(0))
            .toList();
    return String.join("; ", frames.subList(Math.max(0, frames.size() - most), frames.size()));
  }

  private static void append(StringBuilder text, Timeline timeline, Event event) {
    EventText words = EventText.of(event);
    double millis = (event.nanos() - timeline.startNanos()) / 1e6;
    text.append(String.format(Locale.ROOT, "+%11.3f ms %c ", millis, words.sign()));
    List<String> lines = words.lines();
    text.append(lines.get(0)).append('\n');
    lines.subList(1, lines.size()).forEach(l -> text.append(INDENT).append(l).append('\n'));
  }
}
