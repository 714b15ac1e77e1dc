package dev.echosounder.peer.proxy;

import dev.echosounder.peer.proxy.FaultLedger.Ending;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The faults in force, the relays alive, and the running counts. Confined to the loop's thread. */
final class Book {
  private final Set<Relay> relays = new LinkedHashSet<>();
  private final Map<Ending, Long> ends = FaultLedger.zeros(Ending.class);
  private final Map<Fault.Act, Long> acts = FaultLedger.zeros(Fault.Act.class);
  private final Map<Integer, Long> codes = new TreeMap<>();
  private Faults faults = Faults.NONE;
  private long opened;
  private long refused;
  private long passed;

  Faults faults() {
    return faults;
  }

  void apply(Fault fault) {
    if (fault instanceof Fault.Pass) {
      faults = Faults.NONE;
    } else if (fault instanceof Fault.End end && end.when() instanceof Fault.When.Now) {
      List.copyOf(relays).forEach(relay -> relay.inject(end.how()));
    } else {
      faults = faults.and(fault);
      if (fault instanceof Fault.End end && end.when() instanceof Fault.When.After) {
        relays.stream().filter(Relay::untouched).forEach(relay -> relay.schedule(end));
      }
    }
  }

  void accepted(Relay relay) {
    relays.add(relay);
  }

  void released(Relay relay) {
    relays.remove(relay);
  }

  void refused() {
    refused++;
  }

  void opened() {
    opened++;
  }

  void passed() {
    passed++;
  }

  void did(Fault.Act act) {
    acts.merge(act, 1L, Long::sum);
  }

  void ended(Ending how) {
    ends.merge(how, 1L, Long::sum);
  }

  void closed(int code) {
    codes.merge(code, 1L, Long::sum);
  }

  FaultLedger ledger() {
    long over = ends.values().stream().mapToLong(Long::longValue).sum();
    return new FaultLedger(opened, opened - over, ends, codes, refused, acts, passed);
  }
}
