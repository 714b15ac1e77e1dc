package dev.echosounder.peer;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The running counts behind {@link Ledger}, and every TCP connection alive. Any thread. */
final class Tally {
  enum End {
    BY_PEER,
    BY_CLIENT,
    RESET,
    FIN
  }

  final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final LongAdder upgrades = new LongAdder();
  private final LongAdder refusals = new LongAdder();
  private final LongAdder messagesIn = new LongAdder();
  private final LongAdder messagesOut = new LongAdder();
  private final LongAdder bytesIn = new LongAdder();
  private final LongAdder bytesOut = new LongAdder();
  private final LongAdder open = new LongAdder();
  private final Map<Integer, Long> clientCodes = new ConcurrentHashMap<>();
  private final Map<End, LongAdder> ends =
      Map.of(
          End.BY_PEER, new LongAdder(),
          End.BY_CLIENT, new LongAdder(),
          End.RESET, new LongAdder(),
          End.FIN, new LongAdder());

  void upgraded() {
    upgrades.increment();
    open.increment();
  }

  void refused() {
    refusals.increment();
  }

  void received(Message message) {
    messagesIn.increment();
    bytesIn.add(message.payload().length);
  }

  void sent(Message message) {
    messagesOut.increment();
    bytesOut.add(message.payload().length);
  }

  void ended(End how) {
    adder(how).increment();
  }

  /** The client closed first, with this code; a hostile client can make it any of 65,536. */
  void closedByClient(int code) {
    clientCodes.merge(code, 1L, Long::sum);
  }

  void released() {
    open.decrement();
  }

  Ledger snapshot() {
    Ledger.Closes closes =
        new Ledger.Closes(
            sum(End.BY_PEER), sum(End.BY_CLIENT), sum(End.RESET), sum(End.FIN), clientCodes);
    return new Ledger(
        upgrades.sum(),
        refusals.sum(),
        messagesIn.sum(),
        messagesOut.sum(),
        bytesIn.sum(),
        bytesOut.sum(),
        open.sum(),
        closes);
  }

  private long sum(End how) {
    return adder(how).sum();
  }

  private LongAdder adder(End how) {
    return Objects.requireNonNull(ends.get(how));
  }
}
