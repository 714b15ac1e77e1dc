package dev.echosounder.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One check with how it stands, ready to be shown. */
record View(Status.Target target, Status.Check check, History.Kept kept, State state) {
  /** In the order in which they are shown. */
  enum State {
    FAILING("failing"),
    UNSTEADY("unsteady"),
    WAITING("waiting"),
    PASSING("passing");

    private final String label;

    State(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  static View of(Status.Target target, Status.Check check, History history) {
    History.Kept kept = history.kept(target.name(), check.name());
    return new View(target, check, kept, state(check, kept));
  }

  private static State state(Status.Check check, History.Kept kept) {
    Status.Held held = check.held();
    if (held != null && !held.open()) {
      return kept.last() == null && held.count() == 0 ? State.WAITING : State.FAILING;
    }
    History.Result decisive = decisive(kept);
    if (decisive == null) {
      return held == null ? State.WAITING : State.PASSING;
    }
    if (decisive.verdict() == History.Verdict.FAILED) {
      return State.FAILING;
    }
    boolean unsteady =
        newest(kept.recent(), Bars.SHOWN).stream()
            .anyMatch(r -> r.verdict() == History.Verdict.FAILED);
    return unsteady ? State.UNSTEADY : State.PASSING;
  }

  /** The newest that says something about the target: a skipped run does not. */
  private static History.@Nullable Result decisive(History.Kept kept) {
    for (int i = kept.recent().size() - 1; i >= 0; i--) {
      if (kept.recent().get(i).verdict() != History.Verdict.SKIPPED) {
        return kept.recent().get(i);
      }
    }
    History.Result last = kept.last();
    return last != null && last.verdict() == History.Verdict.SKIPPED ? kept.lastFailure() : last;
  }

  /** How many runs have failed since the last that passed. */
  int failedInARow() {
    int count = 0;
    for (int i = kept.recent().size() - 1; i >= 0; i--) {
      History.Verdict verdict = kept.recent().get(i).verdict();
      if (verdict == History.Verdict.PASSED) {
        break;
      }
      count += verdict == History.Verdict.FAILED ? 1 : 0;
    }
    return count;
  }

  /** How long the passed runs that are kept took, shortest first. */
  List<Duration> durations() {
    return kept.recent().stream()
        .filter(r -> r.verdict() == History.Verdict.PASSED)
        .map(History.Result::took)
        .sorted()
        .toList();
  }

  /** The last round trip of each passed run that is kept, shortest first. */
  List<Duration> roundTrips() {
    List<Duration> trips = new ArrayList<>();
    for (History.Result result : kept.recent()) {
      if (result.verdict() == History.Verdict.PASSED && result.roundTrip() != null) {
        trips.add(result.roundTrip());
      }
    }
    trips.sort(null);
    return trips;
  }

  /** The nearest rank: a value that was measured, never one in between. */
  static Optional<Duration> quantile(List<Duration> sorted, int percent) {
    int rank = (int) Math.ceil(sorted.size() * percent / 100.0);
    return sorted.isEmpty() ? Optional.empty() : Optional.of(sorted.get(Math.max(0, rank - 1)));
  }

  static <T> List<T> newest(List<T> all, int most) {
    return all.subList(Math.max(0, all.size() - most), all.size());
  }
}
