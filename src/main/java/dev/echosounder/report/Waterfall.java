package dev.echosounder.report;

import dev.echosounder.ws.Event;
import dev.echosounder.ws.Opcode;
import dev.echosounder.ws.Phase;
import dev.echosounder.ws.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The phases of one connection as bars on one time axis. */
public final class Waterfall {
  private static final int LABELS = 24;
  private static final int NARROWEST = 10;
  private static final String CYAN = "\u001b[36m";
  private static final String PLAIN = "\u001b[0m";

  private Waterfall() {}

  /**
   * One phase on the axis that all phases of a connection share.
   *
   * @param start since the first phase's start
   */
  public record Bar(Phase phase, Duration start, Duration took) {}

  /**
   * One line a phase: name, duration, bar. Empty if no phase has ended.
   *
   * @param width columns of the terminal
   * @param unicode false draws with ASCII
   * @param color whether the bars may be coloured; the caller honours {@code NO_COLOR}
   */
  public static String text(Timeline timeline, int width, boolean unicode, boolean color) {
    List<Bar> bars = bars(timeline);
    long end = end(bars);
    int columns = Math.max(NARROWEST, width - LABELS - 1);
    StringBuilder text = new StringBuilder();
    for (Bar bar : bars) {
      int from = (int) (bar.start().toNanos() * (columns - 1) / end);
      int length = (int) Math.max(1, bar.took().toNanos() * columns / end);
      String drawn = (unicode ? "█" : "#").repeat(Math.min(length, columns - from));
      text.append(
          String.format(
              Locale.ROOT,
              "%-13s %9s %s%s%n",
              bar.phase().label(),
              Units.text(bar.took(), unicode),
              " ".repeat(from),
              color ? CYAN + drawn + PLAIN : drawn));
    }
    return text.toString().replace("\r\n", "\n");
  }

  /** The phases that ended, in order. */
  public static List<Bar> bars(Timeline timeline) {
    Map<Phase, Duration> phases = timeline.phases();
    Map<Phase, Long> starts = starts(timeline, phases);
    long begin = begin(phases, starts);
    List<Bar> bars = new ArrayList<>();
    phases.forEach(
        (phase, took) -> {
          // A phase whose start is no longer kept begins with the axis.
          long start = Math.max(0, starts.getOrDefault(phase, begin) - begin);
          bars.add(new Bar(phase, Duration.ofNanos(start), took));
        });
    return bars;
  }

  /** Where the axis of {@link #bars} begins, in nanoseconds of the timeline's clock. */
  static long begin(Timeline timeline) {
    Map<Phase, Duration> phases = timeline.phases();
    return timeline.startNanos() + begin(phases, starts(timeline, phases));
  }

  private static long begin(Map<Phase, Duration> phases, Map<Phase, Long> starts) {
    return phases.keySet().stream().mapToLong(p -> starts.getOrDefault(p, 0L)).min().orElse(0);
  }

  /** When the last of them ended, in nanoseconds on their axis; at least 1. */
  public static long end(List<Bar> bars) {
    return bars.stream().mapToLong(b -> b.start().plus(b.took()).toNanos()).reduce(1, Math::max);
  }

  /** When each phase first began, in nanoseconds since the timeline's start. */
  private static Map<Phase, Long> starts(Timeline timeline, Map<Phase, Duration> phases) {
    Map<Phase, Long> starts = new EnumMap<>(Phase.class);
    List<Event> events = timeline.events();
    for (Event event : events) {
      long since = event.nanos() - timeline.startNanos();
      if (event instanceof Event.Connected connected && !starts.containsKey(Phase.UPGRADE)) {
        starts.put(Phase.TCP, dialled(connected, events) - timeline.startNanos());
      } else {
        begin(event, since, starts);
      }
    }
    if (timeline.forgottenFrames() > 0) {
      // The first frame sent is gone; its echo was, as a rule, the first message.
      long open = starts.getOrDefault(Phase.FIRST_MESSAGE, 0L);
      starts.put(Phase.ECHO, Math.max(open, open + slack(phases)));
    }
    return starts;
  }

  /** When the handshake with the address that answered began; others may have begun before. */
  private static long dialled(Event.Connected connected, List<Event> events) {
    return events.stream()
        .takeWhile(e -> e.nanos() <= connected.nanos())
        .filter(e -> e instanceof Event.Connecting c && c.remote().equals(connected.remote()))
        .mapToLong(Event::nanos)
        .max()
        .orElseThrow(() -> new IllegalStateException("connected to what was not dialled"));
  }

  private static void begin(Event event, long since, Map<Phase, Long> starts) {
    if (event instanceof Event.Resolving) {
      starts.putIfAbsent(Phase.DNS, since);
    } else if (event instanceof Event.Connecting) {
      starts.putIfAbsent(Phase.TCP, since);
    } else if (event instanceof Event.TlsStarted) {
      starts.putIfAbsent(Phase.TLS, since);
    } else if (event instanceof Event.Upgrading) {
      starts.putIfAbsent(Phase.UPGRADE, since);
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
