package dev.echosounder.peer.proxy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The faults in force. Immutable. */
record Faults(List<Fault> all) {
  static final Faults NONE = new Faults(List.of());

  Faults {
    all = List.copyOf(all);
  }

  Faults and(Fault more) {
    List<Fault> next = new ArrayList<>(all);
    next.add(more);
    return new Faults(next);
  }

  private <F extends Fault> Stream<F> of(Class<F> type) {
    return all.stream().filter(type::isInstance).map(type::cast);
  }

  List<Fault.OnFrame> onFrame(Side from, long number) {
    return of(Fault.OnFrame.class).filter(f -> f.from() == from && f.concerns(number)).toList();
  }

  /** All that concern the frame, one after the other. */
  Duration delay(Side from, long number) {
    return onFrame(from, number).stream()
        .map(Fault.OnFrame::delay)
        .reduce(Duration.ZERO, Duration::plus);
  }

  boolean stallsPongs(Side from) {
    return of(Fault.StallPongs.class).anyMatch(f -> f.from() == from);
  }

  boolean refuses() {
    return of(Fault.Refuse.class).findAny().isPresent();
  }

  /** The lowest of all that concern this side; 0 if there is none. */
  long bytesPerSecond(Side from) {
    return of(Fault.Throttle.class)
        .filter(f -> f.from() == from)
        .mapToLong(Fault.Throttle::bytesPerSecond)
        .min()
        .orElse(0);
  }

  boolean cutsInside(Side from, long number) {
    return of(Fault.End.class)
        .anyMatch(f -> f.how() instanceof Fault.How.Cut && f.when().equals(at(from, number)));
  }

  /** How a connection is to be ended when this frame has been passed on. */
  Optional<Fault.How> endAfter(Side from, long number) {
    return of(Fault.End.class)
        .filter(f -> !(f.how() instanceof Fault.How.Cut) && f.when().equals(at(from, number)))
        .map(Fault.End::how)
        .findFirst();
  }

  List<Fault.End> timed() {
    return of(Fault.End.class).filter(f -> f.when() instanceof Fault.When.After).toList();
  }

  private static Fault.When at(Side from, long number) {
    return new Fault.When.AfterFrame((int) Math.min(number, Integer.MAX_VALUE), from);
  }
}
