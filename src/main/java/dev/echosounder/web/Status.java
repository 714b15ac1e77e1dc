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
   * @param words what it does, as configured, in sentences for a person
   * @param held only for a connection that is kept open
   */
  public record Check(
      String name, String kind, Duration interval, String words, @Nullable Held held) {}

  /**
   * A connection that is kept open.
   *
   * @param open whether it is open now
   * @param since when it opened, or was lost
   * @param drops how often it ended although we did not close it, by cause, a label of {@code
   *     Ending.Cause}
   * @param newest the newest of those drops, oldest first
   * @param heartbeat the newest heartbeat's round trip; null if none was answered
   */
  public record Held(
      boolean open,
      Instant since,
      Map<String, Long> drops,
      List<Drop> newest,
      @Nullable Duration heartbeat) {
    public Held {
      drops = Map.copyOf(drops);
      newest = List.copyOf(newest);
    }

    /** The same after another heartbeat. */
    public Held withHeartbeat(Duration roundTrip) {
      return new Held(open, since, drops, newest, roundTrip);
    }

    /** How many drops there were. */
    public long count() {
      return drops.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The newest drop's cause; empty if there was none. */
    public String lastCause() {
      return newest.isEmpty() ? "" : newest.get(newest.size() - 1).cause();
    }
  }

  /**
   * One drop of a held connection.
   *
   * @param cause a label of {@code Ending.Cause}
   * @param code the close code; 1006 if there was no close frame
   * @param age of the connection
   * @param silence since the peer's last frame
   * @param recovery from the drop until it was open again; null if it was not yet
   * @param run its id in the {@link History}
   */
  public record Drop(
      Instant at,
      String cause,
      int code,
      Duration age,
      Duration silence,
      @Nullable Duration recovery,
      long run) {
    /** The same, made good. */
    public Drop recoveredAfter(Duration after) {
      return new Drop(at, cause, code, age, silence, after, run);
    }
  }
}
