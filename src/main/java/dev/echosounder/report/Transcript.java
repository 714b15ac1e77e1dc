package dev.echosounder.report;

import dev.echosounder.ws.Event;
import dev.echosounder.ws.Frame;
import dev.echosounder.ws.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A timeline as text for a person: one event a line, in milliseconds since the start, {@code →}
 * sent, {@code ←} received; credentials hidden ({@link Redaction}), control characters visible.
 */
public final class Transcript {
  private static final String INDENT = " ".repeat(18);

  private Transcript() {}

  /**
   * One event, its parts apart.
   *
   * @param since the timeline's start; null in place of frames that are no longer kept
   * @param sign {@code →} sent, {@code ←} received, {@code ·} neither
   * @param what a frame's type, or what the event is about
   * @param length of a frame's payload in bytes; -1 of what is no frame
   * @param text a frame's content, or what happened
   * @param more further lines, such as headers
   */
  public record Line(
      @Nullable Duration since,
      char sign,
      String what,
      long length,
      String text,
      List<String> more) {}

  /** The whole timeline, oldest first, as safe to show as {@link #text}. */
  public static List<Line> lines(Timeline timeline) {
    long forgotten = timeline.forgottenFrames();
    List<Line> lines = new ArrayList<>();
    boolean frames = false;
    for (Event event : timeline.events()) {
      Frame frame = frame(event);
      if (frame != null && !frames && forgotten > 0) {
        lines.add(new Line(null, '·', "…", -1, forgotten + " frames no longer kept", List.of()));
      }
      frames |= frame != null;
      lines.add(line(timeline.since(event.nanos()), event, frame));
    }
    return lines;
  }

  private static Line line(Duration since, Event event, @Nullable Frame frame) {
    EventText words = EventText.of(event);
    if (frame != null) {
      String kind = FrameText.kind(frame);
      String content = FrameText.content(frame);
      return new Line(since, words.sign(), kind, frame.length(), content, List.of());
    }
    List<String> lines = words.lines();
    return new Line(
        since, words.sign(), about(event), -1, lines.get(0), lines.subList(1, lines.size()));
  }

  private static @Nullable Frame frame(Event event) {
    if (event instanceof Event.Sent sent) {
      return sent.frame();
    }
    return event instanceof Event.Received received ? received.frame() : null;
  }

  private static String about(Event event) {
    if (event instanceof Event.Resolving || event instanceof Event.Resolved) {
      return "dns";
    }
    if (event instanceof Event.TlsStarted || event instanceof Event.TlsDone) {
      return "tls";
    }
    if (event instanceof Event.Upgrading
        || event instanceof Event.Upgraded
        || event instanceof Event.Unauthorized
        || event instanceof Event.Redirected) {
      return "upgrade";
    }
    if (event instanceof Event.Refused) {
      return "failure";
    }
    if (event instanceof Event.SentRaw) {
      return "raw";
    }
    return event instanceof Event.Ended ? "end" : "tcp";
  }

  /** The whole timeline, oldest first, each line with its time since the start. */
  public static String text(Timeline timeline) {
    // Read first: a frame forgotten after the snapshot of the events would be reported too early.
    long forgotten = timeline.forgottenFrames();
    StringBuilder text = new StringBuilder();
    boolean frames = false;
    for (Event event : timeline.events()) {
      boolean frame = frame(event) != null;
      if (frame && !frames && forgotten > 0) {
        text.append(INDENT).append("… ").append(forgotten).append(" frames no longer kept\n");
      }
      frames |= frame;
      append(text, timeline, event);
    }
    timeline
        .compression()
        .ifPresent(
            c ->
                text.append(
                    "%scompression: sent %s, received %s\n"
                        .formatted(INDENT, c.sent(), c.received())));
    return text.toString();
  }

  /** The newest frames that the timeline keeps, oldest first, on one line. */
  public static String lastFrames(Timeline timeline, int most) {
    List<String> frames =
        timeline.events().stream()
            .filter(event -> frame(event) != null)
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
