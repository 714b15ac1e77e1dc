package dev.echosounder.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which message that came is which that was wanted. One that is right for several changes its place
 * when another needs it, so that the order in which they come does not matter.
 */
final class Assignment {
  private static final int NOBODY = -1;

  private final List<Wanted> wanted;
  private final List<Payload> came = new ArrayList<>();

  /** By the index in wanted: the index in came. */
  private final int[] holder;

  Assignment(List<Wanted> wanted) {
    this.wanted = wanted;
    this.holder = new int[wanted.size()];
    Arrays.fill(holder, NOBODY);
  }

  boolean complete() {
    return came.size() == wanted.size();
  }

  /** What may come next. */
  Wanted next() {
    List<Wanted> missing = new ArrayList<>();
    for (int i = 0; i < holder.length; i++) {
      if (holder[i] == NOBODY) {
        missing.add(wanted.get(i));
      }
    }
    String text = missing.stream().map(Wanted::text).collect(Collectors.joining(", "));
    Wanted first = missing.get(0);
    return new Wanted("one of " + text, this::fits, first.exact(), first.expectation());
  }

  void add(Payload message) {
    came.add(message);
    if (!place(came.size() - 1, holder, new boolean[holder.length])) {
      throw new IllegalStateException("does not fit: " + message);
    }
  }

  private boolean fits(Payload message) {
    came.add(message);
    boolean fits = place(came.size() - 1, holder.clone(), new boolean[holder.length]);
    came.remove(came.size() - 1);
    return fits;
  }

  /** Kuhn's augmenting path. */
  private boolean place(int message, int[] holders, boolean[] asked) {
    for (int i = 0; i < holders.length; i++) {
      if (!asked[i] && wanted.get(i).matches().test(came.get(message))) {
        asked[i] = true;
        if (holders[i] == NOBODY || place(holders[i], holders, asked)) {
          holders[i] = message;
          return true;
        }
      }
    }
    return false;
  }
}
