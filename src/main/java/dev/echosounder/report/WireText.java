package dev.echosounder.report;

import dev.echosounder.ws.Event;
import dev.echosounder.ws.Frame;
import java.util.List;
import java.util.Locale;

/**
 * One event of one connection as it is told while it happens: number of the connection, time since
 * its start, direction, and of a frame opcode, FIN, RSV bits, length and the payload's beginning.
 */
final class WireText {
  private static final String INDENT = " ".repeat(24);
  private static final String PLAIN = "\u001b[0m";

  private WireText() {}

  static String of(int number, long startNanos, Event event, boolean color) {
    EventText words = EventText.of(event);
    Frame frame = Thinned.frame(event);
    List<String> lines = words.lines();
    String first = frame == null ? lines.get(0) : frame(frame);
    double millis = (event.nanos() - startNanos) / 1e6;
    StringBuilder text = new StringBuilder(color ? color(event) : "");
    text.append(
        String.format(Locale.ROOT, "#%-3d +%11.3f ms %c %s", number, millis, words.sign(), first));
    for (String more : lines.subList(1, lines.size())) {
      text.append('\n').append(INDENT).append(more);
    }
    return text.append(color ? PLAIN : "").append('\n').toString();
  }

  private static String frame(Frame frame) {
    StringBuilder text = new StringBuilder(String.format("%-12s", frame.opcode().label()));
    text.append(frame.fin() ? " FIN" : "    ");
    for (int bit = 4; bit > 0; bit >>= 1) {
      if ((frame.rsv() & bit) != 0) {
        text.append(" RSV").append(bit == 4 ? 1 : bit == 2 ? 2 : 3);
      }
    }
    text.append(' ').append(frame.length()).append(" B");
    String content = FrameText.content(frame);
    return content.isEmpty() ? text.toString() : text.append(' ').append(content).toString();
  }

  /** Cyan sent, green received, red what went wrong, grey the rest. */
  private static String color(Event event) {
    if (event instanceof Event.Sent || event instanceof Event.Upgrading) {
      return "\u001b[36m";
    }
    if (event instanceof Event.Received || event instanceof Event.Upgraded) {
      return "\u001b[32m";
    }
    boolean bad =
        event instanceof Event.Refused
            || event instanceof Event.NotConnected
            || (event instanceof Event.Ended ended && ended.ending().isDrop());
    return bad ? "\u001b[31m" : "\u001b[90m";
  }
}
