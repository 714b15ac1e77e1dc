package dev.echosounder.scenario;

import dev.echosounder.ws.Event;
import dev.echosounder.ws.Frame;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The frames in a conversation's timeline, and how a person writes them. */
final class Frames {
  private Frames() {}

  static List<Frame> received(Conversation in, Predicate<Frame> wanted) {
    return in.connection().timeline().events().stream()
        .filter(Event.Received.class::isInstance)
        .map(e -> ((Event.Received) e).frame())
        .filter(wanted)
        .toList();
  }

  static List<Frame> sent(Conversation in, Predicate<Frame> wanted) {
    return in.connection().timeline().events().stream()
        .filter(Event.Sent.class::isInstance)
        .map(e -> ((Event.Sent) e).frame())
        .filter(wanted)
        .toList();
  }

  /** As in a feature's table: {@code text, no FIN, 3}. */
  static String row(Frame frame) {
    return "%s, %s, %d"
        .formatted(frame.opcode().label(), frame.fin() ? "FIN" : "no FIN", frame.length());
  }

  static String describe(List<Frame> frames) {
    return frames.isEmpty()
        ? "no frame"
        : frames.stream().limit(20).map(f -> "[" + row(f) + "]").collect(Collectors.joining(" "));
  }
}
