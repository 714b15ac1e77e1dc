package dev.echosounder.report;

import dev.echosounder.ws.Bytes;
import dev.echosounder.ws.Event;
import dev.echosounder.ws.Frame;
import dev.echosounder.ws.Opcode;
import dev.echosounder.ws.Timeline;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Every round trip that a timeline proves: a data frame that came back as it was sent, and a ping
 * with its pong (RFC 6455 §5.5.3). An answer that differs from what was asked is none: which one
 * belongs to which only the scenario knows.
 */
final class RoundTrips {
  /** What makes a frame the answer to another. */
  private record Key(Opcode opcode, long length, Bytes start) {
    static Key of(Frame frame) {
      Opcode opcode = frame.opcode() == Opcode.PONG ? Opcode.PING : frame.opcode();
      return new Key(opcode, frame.length(), frame.excerpt());
    }
  }

  private RoundTrips() {}

  /** In the order of their answers. */
  static List<Duration> of(Timeline timeline) {
    Map<Key, Deque<Long>> waiting = new HashMap<>();
    List<Duration> trips = new ArrayList<>();
    for (Event event : timeline.events()) {
      Frame frame = Thinned.frame(event);
      if (frame == null || frame.opcode() == Opcode.CLOSE) {
        continue;
      }
      if (event instanceof Event.Sent && frame.opcode() != Opcode.PONG) {
        waiting.computeIfAbsent(Key.of(frame), k -> new ArrayDeque<>()).add(event.nanos());
      } else if (event instanceof Event.Received && frame.opcode() != Opcode.PING) {
        Deque<Long> asked = waiting.get(Key.of(frame));
        Long sent = asked == null ? null : asked.poll();
        if (sent != null) {
          trips.add(Duration.ofNanos(event.nanos() - sent));
        }
      }
    }
    return trips;
  }
}
