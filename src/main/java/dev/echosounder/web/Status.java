package dev.echosounder.web;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the daemon watches at one moment. How it went is in {@link History}.
 *
 * @param since when the daemon started
 * @param targets in any order, their names unique
 */
public record Status(Instant since, List<Target> targets) {
  public Status {
    targets = List.copyOf(targets);
  }

  /**
   * One endpoint.
   *
   * @param url may hold credentials: they are hidden before it is shown
   * @param labels the user's own
   */
  public record Target(String name, String url, Map<String, String> labels, List<Check> checks) {
    public Target {
      labels = Map.copyOf(labels);
      checks = List.copyOf(checks);
    }
  }

  /**
   * One check of a target.
   *
   * @param name unique in its target, as in {@link History#add}
   * @param kind such as {@code echo}
   * @param interval between intended starts, or between heartbeats
   * @param held only for a connection that is kept open
   */
  public record Check(String name, String kind, Duration interval, @Nullable Held held) {}

  /**
   * A connection that is kept open.
   *
   * @param open whether it is open now
   * @param since when it opened, or was lost
   * @param drops how often it ended although we did not close it
   * @param lastCause of the last drop, a label of {@code Ending.Cause}; empty if there was none
   */
  public record Held(boolean open, Instant since, long drops, String lastCause) {}
}
