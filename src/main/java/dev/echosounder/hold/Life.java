package dev.echosounder.hold;

import dev.echosounder.check.Evidence;
import dev.echosounder.check.Link;
import dev.echosounder.check.Stage;
import dev.echosounder.ws.Ending;
import dev.echosounder.ws.Event;
import dev.echosounder.ws.Frame;
import dev.echosounder.ws.Opcode;
import java.time.Duration;
import java.util.List;

/** One connection of a keeper, from dialling to its end. Confined to the keeper's serial order. */
final class Life {
  final Link link;
  final Heart heart;
  private final long began;
  private Stage stage = Stage.START;
  private long opened;
  private long lastSent;
  private long lastReceived;

  Life(Link link, Heart heart, long began) {
    this.link = link;
    this.heart = heart;
    this.began = began;
  }

  Stage stage() {
    return stage;
  }

  void on(Event event) {
    Stage next = Stage.after(event);
    stage = next == null ? stage : next;
  }

  void opened(long nanos) {
    stage = Stage.HELD;
    opened = nanos;
    lastSent = nanos;
    lastReceived = nanos;
  }

  void passed(Direction direction, Frame frame, long nanos) {
    if (frame.opcode() != Opcode.CLOSE) {
      lastSent = direction == Direction.SENT ? nanos : lastSent;
      lastReceived = direction == Direction.RECEIVED ? nanos : lastReceived;
    }
  }

  /** What the attempt came to at {@code nanos}. Its timeline goes on with the connection. */
  Evidence evidence(long nanos) {
    return new Evidence(
        Duration.ofNanos(nanos - began), link.timeline().phases(), List.of(), link.timeline());
  }

  Ended ended(Ending ending, long nanos) {
    return new Ended(
        ending,
        Duration.ofNanos(nanos - opened),
        Duration.ofNanos(nanos - lastSent),
        Duration.ofNanos(nanos - lastReceived),
        new Evidence(
            Duration.ofNanos(nanos - opened),
            link.timeline().phases(),
            List.of(),
            link.timeline()));
  }
}
