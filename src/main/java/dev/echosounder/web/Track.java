package dev.echosounder.web;

import dev.echosounder.check.IdleFinding;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is kept of one check. Guarded by the history's lock. */
final class Track {
  private final History.Limits limits;
  private final Shelf shelf;

  /** The newest results, oldest first. Those that the shelf dropped are passed over. */
  private final Deque<Entry> recent = new ArrayDeque<>(1);

  /** Failures older than {@link #recent}, oldest first. */
  private final Deque<Entry> failures = new ArrayDeque<>(1);

  /** The newest passed and failed runs whose timelines are kept, oldest first. */
  private final Deque<Entry> passedTimelines = new ArrayDeque<>(1);

  private final Deque<Entry> failedTimelines = new ArrayDeque<>(1);

  // Held beyond the shelf's bound: a few small records a check.
  private History.@Nullable Result last;
  private History.@Nullable Result lastFailure;
  private @Nullable Instant certificate;
  private @Nullable IdleFinding idle;

  Track(History.Limits limits, Shelf shelf) {
    this.limits = limits;
    this.shelf = shelf;
  }

  void add(Entry entry) {
    last = entry.result();
    lastFailure = entry.failed() ? last : lastFailure;
    certificate = entry.certificate() == null ? certificate : entry.certificate();
    idle = entry.idle() == null ? idle : entry.idle();
    shelf.put(entry, this);
    recent.addLast(entry);
    if (entry.timeline() != null) {
      Deque<Entry> same = entry.failed() ? failedTimelines : passedTimelines;
      same.addLast(entry);
      int most = entry.failed() ? limits.failureTimelines() : limits.timelines();
      if (same.size() > most) {
        shelf.dropTimeline(same.removeFirst());
      }
    }
    if (recent.size() > limits.results()) {
      retire(recent.removeFirst());
    }
  }

  private void retire(Entry entry) {
    if (!entry.failed()) {
      shelf.drop(entry);
      return;
    }
    failures.addLast(entry);
    if (failures.size() > limits.failures()) {
      shelf.drop(failures.removeFirst());
    }
  }

  /** The shelf has dropped this entry: it is among this track's oldest, so the walk is short. */
  void forget(Entry entry) {
    recent.remove(entry);
    failures.remove(entry);
    forgetTimeline(entry);
  }

  void forgetTimeline(Entry entry) {
    (entry.failed() ? failedTimelines : passedTimelines).remove(entry);
  }

  /** Always true. */
  boolean clear() {
    Stream.concat(recent.stream(), failures.stream()).toList().forEach(shelf::drop);
    return true;
  }

  History.Kept kept() {
    return new History.Kept(
        results(recent), results(failures), last, lastFailure, certificate, idle);
  }

  private static List<History.Result> results(Deque<Entry> entries) {
    return entries.stream().map(Entry::result).toList();
  }

  @Nullable Entry find(long id) {
    return Stream.concat(recent.stream(), failures.stream())
        .filter(e -> e.result().id() == id)
        .findFirst()
        .orElse(null);
  }
}
