package dev.echosounder.report;

import dev.echosounder.ws.Event;
import dev.echosounder.ws.Frame;
import dev.echosounder.ws.Opcode;
import dev.echosounder.ws.Timeline;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * So many of a connection's frames as a picture can hold, evenly chosen; the close frames always.
 *
 * @param leftOut how many are missing, with those that the timeline no longer keeps
 */
record Thinned(List<Event> frames, long leftOut) {
  static Thinned of(Timeline timeline, int most) {
    // Read first: a frame forgotten between the two would be counted by neither.
    long forgotten = timeline.forgottenFrames();
    List<Event> all = timeline.events().stream().filter(e -> frame(e) != null).toList();
    List<Event> kept = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      boolean chosen =
          all.size() <= most
              || i * (long) most / all.size() != (i - 1L) * most / all.size()
              || i == 0;
      Frame frame = frame(all.get(i));
      if (chosen || (frame != null && frame.opcode() == Opcode.CLOSE)) {
        kept.add(all.get(i));
      }
    }
    return new Thinned(List.copyOf(kept), all.size() - kept.size() + forgotten);
  }

  /** The frame that went over the wire, or null of any other event. */
  static @Nullable Frame frame(Event event) {
    if (event instanceof Event.Sent sent) {
      return sent.frame();
    }
    return event instanceof Event.Received received ? received.frame() : null;
  }
}
