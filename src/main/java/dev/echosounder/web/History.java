package dev.echosounder.web;

import dev.echosounder.check.IdleFinding;
import dev.echosounder.check.Outcome;
import dev.echosounder.ws.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The last results of every check, and the timelines of the newest runs; failures are kept longer.
 * Bounded by bytes over all checks: the oldest successes are forgotten first, failures last.
 *
 * <p>Beyond the bound stays only, for each check that ever ran, its newest result and its newest
 * failure without their timelines: a check that runs once a day is never shown as not run.
 *
 * <p>Thread-safe; every method returns at once.
 */
public final class History {
  private final Limits limits;

  /** Guarded by this: target to check to what is kept of it. */
  private final Map<String, Map<String, Track>> tracks = new HashMap<>();

  /** Guarded by this. */
  private final Shelf shelf = new Shelf();

  /** Guarded by this. */
  private long lastId;

  public History(Limits limits) {
    this.limits = limits;
  }

  /**
   * How much is kept.
   *
   * @param results newest results of each check, passed or not
   * @param failures older failures of each check, beyond those
   * @param timelines newest timelines of each check's passed runs
   * @param failureTimelines newest timelines of each check's failed runs
   * @param bytes estimated heap over all checks
   */
  public record Limits(int results, int failures, int timelines, int failureTimelines, long bytes) {
    /** 100 results, 20 older failures, 3 and 20 timelines; 64 MiB. */
    public static final Limits DEFAULT = new Limits(100, 20, 3, 20, 64L << 20);

    public Limits {
      if (results < 1 || failures < 0 || timelines < 0 || failureTimelines < 0 || bytes < 0) {
        throw new IllegalArgumentException("expected results >= 1 and no negative limit");
      }
    }
  }

  /** How a run came out. */
  public enum Verdict {
    PASSED,
    FAILED,
    SKIPPED
  }

  /**
   * One run.
   *
   * @param id unique in this process, growing
   * @param start when it began, by the wall clock
   * @param took zero if it was skipped
   * @param roundTrip the last answer's; null if nothing was answered
   * @param stage where it failed; empty if it did not
   * @param cause why it failed, a label of {@link Outcome#causes()}; empty if it did not
   * @param detail of a failure, a skip's reason, or what a passed run found out; else empty
   * @param phases how long each took
   */
  public record Result(
      long id,
      Instant start,
      Verdict verdict,
      Duration took,
      @Nullable Duration roundTrip,
      String stage,
      String cause,
      String detail,
      PhaseTimes phases) {}

  /**
   * One run with all that is still known of it.
   *
   * @param timeline null if it is no longer kept, or the run was skipped
   */
  public record Run(String target, String check, Result result, @Nullable Timeline timeline) {}

  /**
   * What is kept of one check.
   *
   * @param recent the newest results, oldest first
   * @param failures older failures than those, oldest first
   * @param last the newest result
   * @param lastFailure the newest failure, however long ago
   * @param certificate when the newest certificate seen expires; null if none was
   * @param idle what was last found out about silence; null if nothing was
   */
  public record Kept(
      List<Result> recent,
      List<Result> failures,
      @Nullable Result last,
      @Nullable Result lastFailure,
      @Nullable Instant certificate,
      @Nullable IdleFinding idle) {
    static final Kept NOTHING = new Kept(List.of(), List.of(), null, null, null, null);
  }

  /**
   * Adds one run and forgets what no longer fits.
   *
   * @return its id
   */
  public long add(String target, String check, Instant start, Outcome outcome) {
    // Measured before the lock is taken: it walks the events.
    Entry draft = Entry.of(start, outcome);
    synchronized (this) {
      Entry entry = draft.numbered(++lastId);
      Map<String, Track> checks = tracks.computeIfAbsent(target, t -> new HashMap<>(2));
      checks.computeIfAbsent(check, c -> new Track(limits, shelf)).add(entry);
      shelf.shrinkTo(limits.bytes());
      return lastId;
    }
  }

  /** Forgets a target and all its checks. */
  public synchronized void remove(String target) {
    Map<String, Track> checks = tracks.remove(target);
    if (checks != null) {
      checks.values().forEach(Track::clear);
    }
  }

  /** Forgets every check that is not among these, by target: after a reload. */
  public synchronized void retain(Map<String, Set<String>> checksByTarget) {
    tracks.forEach(
        (target, checks) -> {
          Set<String> wanted = checksByTarget.getOrDefault(target, Set.of());
          checks.entrySet().removeIf(e -> !wanted.contains(e.getKey()) && e.getValue().clear());
        });
    tracks.values().removeIf(Map::isEmpty);
  }

  /** What is kept of a check; nothing if it never ran. */
  public synchronized Kept kept(String target, String check) {
    Track track = tracks.getOrDefault(target, Map.of()).get(check);
    return track == null ? Kept.NOTHING : track.kept();
  }

  /** The run with this id, if it is still kept. */
  public synchronized Optional<Run> run(long id) {
    for (Map.Entry<String, Map<String, Track>> target : tracks.entrySet()) {
      for (Map.Entry<String, Track> check : target.getValue().entrySet()) {
        Entry entry = check.getValue().find(id);
        if (entry != null) {
          return Optional.of(
              new Run(target.getKey(), check.getKey(), entry.result(), entry.timeline()));
        }
      }
    }
    return Optional.empty();
  }

  /** The estimated heap that the bound counts, in bytes. */
  public synchronized long bytes() {
    return shelf.bytes();
  }
}
