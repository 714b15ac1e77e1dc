package dev.echosounder.daemon;

import dev.echosounder.web.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the status page shows of a kept connection. Confined to its keeper's order. */
final class Drops {
  /** A connection that drops all the time is told by its newest drops. */
  static final int NEWEST = 20;

  private final Map<String, Long> byCause = new TreeMap<>();

  /** Oldest first. */
  private final Deque<Status.Drop> newest = new ArrayDeque<>(1);

  void add(Status.Drop drop) {
    byCause.merge(drop.cause(), 1L, Long::sum);
    newest.addLast(drop);
    if (newest.size() > NEWEST) {
      newest.removeFirst();
    }
  }

  /** The newest drop is made good. */
  void recovered(Duration after) {
    if (!newest.isEmpty()) {
      newest.addLast(newest.removeLast().recoveredAfter(after));
    }
  }

  Status.Held status(boolean open, Instant since, @Nullable Duration heartbeat) {
    return new Status.Held(open, since, byCause, List.copyOf(newest), heartbeat);
  }
}
