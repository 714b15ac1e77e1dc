package dev.echosounder.report;

import dev.echosounder.ws.Event;
import dev.echosounder.ws.Opcode;
import dev.echosounder.ws.Phase;
import dev.echosounder.ws.Timeline;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** The phases of one connection as bars on one time axis, for a terminal. */
public final class Waterfall {
  private static final int LABELS = 24;
  private static final int NARROWEST = 10;
  private static final String CYAN = "\u001b[36m";
  private static final String PLAIN = "\u001b[0m";

  private Waterfall() {}

  /**
   * One line a phase: name, duration, bar. Empty if no phase has ended.
   *
   * @param width columns of the terminal
   * @param unicode false draws with ASCII
   * @param color whether the bars may be coloured; the caller honours {@code NO_COLOR}
   */
  public static String text(Timeline timeline, int width, boolean unicode, boolean color) {
    Map<Phase, Duration> phases = timeline.phases();
    Map<Phase, Long> starts = starts(timeline, phases);
    long begin =
        phases.keySet().stream().mapToLong(p -> starts.getOrDefault(p, 0L)).min().orElse(0);
    starts.replaceAll((phase, start) -> start - begin);
    long end = 1;
    for (Map.Entry<Phase, Duration> phase : phases.entrySet()) {
      end = Math.max(end, starts.getOrDefault(phase.getKey(), 0L) + phase.getValue().toNanos());
    }
    int columns = Math.max(NARROWEST, width - LABELS - 1);
    StringBuilder text = new StringBuilder();
    for (Map.Entry<Phase, Duration> phase : phases.entrySet()) {
      int from = (int) (starts.getOrDefault(phase.getKey(), 0L) * (columns - 1) / end);
      int length = (int) Math.max(1, phase.getValue().toNanos() * columns / end);
      String bar = (unicode ? "█" : "#").repeat(Math.min(length, columns - from));
      text.append(
          String.format(
              Locale.ROOT,
              "%-13s %9s %s%s%n",
              phase.getKey().label(),
              Units.text(phase.getValue(), unicode),
              " ".repeat(from),
              color ? CYAN + bar + PLAIN : bar));
    }
    return text.toString().replace("\r\n", "\n");
  }

  /** When each phase began, in nanoseconds since the timeline's start. */
  private static Map<Phase, Long> starts(Timeline timeline, Map<Phase, Duration> phases) {
    Map<Phase, Long> starts = new EnumMap<>(Phase.class);
    for (Event event : timeline.events()) {
      begin(event, event.nanos() - timeline.startNanos(), starts);
    }
    if (timeline.forgottenFrames() > 0) {
      // The first frame sent is gone; its echo was, as a rule, the first message.
      long open = starts.getOrDefault(Phase.FIRST_MESSAGE, 0L);
      starts.put(Phase.ECHO, Math.max(open, open + slack(phases)));
    }
    return starts;
  }

  private static void begin(Event event, long since, Map<Phase, Long> starts) {
    if (event instanceof Event.Resolving) {
      starts.putIfAbsent(Phase.DNS, since);
    } else if (event instanceof Event.Connecting) {
      starts.put(Phase.TCP, since);
    } else if (event instanceof Event.TlsStarted) {
      starts.put(Phase.TLS, since);
    } else if (event instanceof Event.Upgrading) {
      starts.put(Phase.UPGRADE, since);
    } else if (event instanceof Event.Upgraded) {
      starts.put(Phase.FIRST_MESSAGE, since);
    } else if (event instanceof Event.Sent sent) {
      sent(sent.frame().opcode(), since, starts);
    } else if (event instanceof Event.Received r && r.frame().opcode() == Opcode.CLOSE) {
      starts.putIfAbsent(Phase.CLOSE, since);
    }
  }

  private static void sent(Opcode opcode, long since, Map<Phase, Long> starts) {
    if (opcode == Opcode.CLOSE) {
      starts.putIfAbsent(Phase.CLOSE, since);
    } else if (opcode.isData()) {
      starts.putIfAbsent(Phase.ECHO, since);
    }
  }

  private static long slack(Map<Phase, Duration> phases) {
    Duration first = phases.getOrDefault(Phase.FIRST_MESSAGE, Duration.ZERO);
    return first.minus(phases.getOrDefault(Phase.ECHO, Duration.ZERO)).toNanos();
  }
}
