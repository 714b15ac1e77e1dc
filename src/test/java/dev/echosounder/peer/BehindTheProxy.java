package dev.echosounder.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.peer.proxy.Fault;
import dev.echosounder.peer.proxy.FaultLedger;
import dev.echosounder.peer.proxy.FaultLedger.Ending;
import dev.echosounder.peer.proxy.FaultProxy;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;

/** A peer behind a fault proxy, and what a test asks of them. */
abstract class BehindTheProxy {
  static final Duration SILENCE = Duration.ofMillis(150);

  final Peer peer = Peer.start();
  final FaultProxy proxy = FaultProxy.start(peer.uri("/"));

  @AfterEach
  void stop() {
    proxy.close();
    peer.close();
  }

  final RawClient open(String path) throws Exception {
    return RawClient.connect(proxy.uri(path), SSLContext.getDefault()).expectUpgrade();
  }

  final void given(String... faults) {
    for (String fault : faults) {
      proxy.apply(Fault.parse(fault));
    }
  }

  static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  /** Exactly this one ended, in this way. */
  final void oneEnded(Ending how) {
    await(() -> proxy.ledger().open() == 0);
    FaultLedger ledger = proxy.ledger();
    assertThat(ledger.opened()).isOne();
    ledger.ends().forEach((e, n) -> assertThat(n).as(e.name()).isEqualTo(e == how ? 1 : 0));
  }

  static void echoes(RawClient client, String text) throws IOException {
    client.sendText(text);
    assertThat(client.text()).isEqualTo(text);
  }
}
