package dev.echosounder.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.peer.Peer;
import dev.echosounder.peer.proxy.Fault;
import dev.echosounder.peer.proxy.FaultLedger;
import dev.echosounder.peer.proxy.FaultLedger.Ending;
import dev.echosounder.peer.proxy.FaultProxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Drops by the thousand, at random, by every kind of fault: what the proxies say they did and what
 * the daemon counted is the same, one to one. {@code -Dechosounder.drops=10000} for a longer one.
 */
final class DropsIT {
  private static final int DROPS = Integer.getInteger("echosounder.drops", 1_000);
  private static final int PROXIES = 4;
  private static final int EACH = 25;
  private static final String ENDS = "echosounder_connection_ends_total";

  private static final List<String> FAULTS =
      List.of(
          "reset now",
          "end now",
          "black-hole now",
          "close now",
          "close now with 1001",
          "close now with 1005",
          "close now with 1011 \"overloaded\"",
          "close now with 4321",
          "reset after frame 1 from the server",
          "end after frame 2 from the client",
          "cut inside frame 1 from the server",
          "corrupt the header of frame 1 from the server",
          "close with 1012 after frame 1 from the server",
          "reset after 40 ms",
          "end after 60 ms");

  @TempDir private Path directory;

  @Test
  void theProxiesLedgersAndOurCountersAgree() throws Exception {
    List<FaultProxy> proxies = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(PROXIES);
    try (Peer peer = Peer.start()) {
      StringBuilder yaml =
          new StringBuilder(
              "logging: {level: error}\nhold: {connects_per_second: 2000}\ntargets:\n");
      for (int p = 0; p < PROXIES; p++) {
        FaultProxy proxy = FaultProxy.start(peer.uri("/"));
        proxies.add(proxy);
        for (int i = 0; i < EACH; i++) {
          yaml.append(target("p" + p + "-" + i, proxy));
        }
      }
      try (Daemon daemon =
          Daemons.start(Files.writeString(directory.resolve("e.yml"), yaml.toString()))) {
        Readings.when(daemon, r -> r.sum("echosounder_connection_open") == PROXIES * EACH);
        List<Future<?>> wreckers = new ArrayList<>();
        for (FaultProxy proxy : proxies) {
          wreckers.add(threads.submit(() -> wreck(proxy, new Random(proxies.indexOf(proxy)))));
        }
        for (Future<?> wrecker : wreckers) {
          wrecker.get(10, TimeUnit.MINUTES);
        }
        proxies.forEach(proxy -> proxy.apply(new Fault.Pass()));
        compare(daemon, proxies);
      }
    } finally {
      threads.shutdownNow();
      proxies.forEach(FaultProxy::close);
    }
  }

  private static String target(String name, FaultProxy proxy) {
    return """
          - name: %s
            url: %s
            checks:
              - {kind: hold, interval: 1500ms, timeout: 1500ms, reconnect_within: 20ms,
                 reconnect_at_most: 50ms, stable_after: 1ms}
        """
        .formatted(name, proxy.uri("/echo"));
  }

  /**
   * One fault after the other, each for a moment. Those that wait for a frame need connections that
   * have not had it yet, so the ones that are open are reset first.
   */
  private static void wreck(FaultProxy proxy, Random dice) {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(9);
    while (ended(proxy) < DROPS / PROXIES && System.nanoTime() < end) {
      String fault = FAULTS.get(dice.nextInt(FAULTS.size()));
      proxy.apply(Fault.parse(fault));
      if (fault.contains(" frame ")) {
        proxy.apply(Fault.parse("reset now"));
        pause(1_000);
      }
      pause(dice.nextInt(60));
      proxy.apply(new Fault.Pass());
      pause(dice.nextInt(120));
    }
  }

  private static void pause(int millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  private static long ended(FaultProxy proxy) {
    FaultLedger ledger = proxy.ledger();
    return ledger.opened() - ledger.open();
  }

  private static void compare(Daemon daemon, List<FaultProxy> proxies) {
    int all = PROXIES * EACH;
    // Black-holed ones are found by their heartbeats; then nothing more happens.
    Predicate<Readings> calm =
        r ->
            r.sum("echosounder_connection_open") == all
                && proxies.stream().mapToLong(p -> p.ledger().open()).sum() == all;
    Readings.when(daemon, calm);
    // These are older than the ledgers that were asked after them: read again what is final now.
    Readings seen = Readings.when(daemon, calm);
    List<FaultLedger> ledgers = proxies.stream().map(FaultProxy::ledger).toList();
    assertThat(ledgers)
        .allSatisfy(l -> assertThat(l.ended(Ending.LOST_BY_CLIENT)).as("cut by us").isZero());
    Map<String, Double> expected = new TreeMap<>();
    for (FaultLedger ledger : ledgers) {
      add(expected, "reset", ledger.ended(Ending.RESET));
      add(expected, "eof", ledger.ended(Ending.FIN) + ledger.ended(Ending.CUT));
      add(expected, "liveness_timeout", ledger.ended(Ending.BLACK_HOLE));
      add(expected, "protocol_violation", ledger.ended(Ending.VIOLATION));
      ledger.codes().forEach((code, count) -> add(expected, cause(code), count));
    }
    Map<String, Double> counted = new TreeMap<>(seen.by(ENDS, "cause"));
    counted.values().removeIf(count -> count == 0);
    expected.values().removeIf(count -> count == 0);
    System.out.println("drops by cause: " + counted);
    assertThat(counted).isEqualTo(expected);
    double drops = counted.values().stream().mapToDouble(Double::doubleValue).sum();
    assertThat(drops).isGreaterThanOrEqualTo(DROPS);
    assertThat(seen.sum("echosounder_connections_opened_total"))
        .isEqualTo((double) ledgers.stream().mapToLong(FaultLedger::opened).sum())
        .isEqualTo(drops + all);
    assertThat(seen.sum("echosounder_connection_recovery_seconds_count")).isEqualTo(drops);
    assertThat(seen.sum("echosounder_connection_lifetime_seconds_count")).isEqualTo(drops);
  }

  private static void add(Map<String, Double> to, String cause, long count) {
    to.merge(cause, (double) count, Double::sum);
  }

  private static String cause(int code) {
    return switch (code) {
      case 1000 -> "peer_normal";
      case 1001 -> "peer_going_away";
      case 1005 -> "peer_no_status";
      case 4321 -> "peer_application";
      default -> "peer_error";
    };
  }
}
