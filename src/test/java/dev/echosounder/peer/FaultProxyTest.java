package dev.echosounder.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.peer.proxy.Fault;
import dev.echosounder.peer.proxy.FaultLedger.Ending;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the proxy does to frames on the wire, and what it says it did. */
final class FaultProxyTest extends BehindTheProxy {
  @Test
  void passesEverythingOnAsItCame() throws Exception {
    byte[] big = new byte[1 << 20];
    new Random(1).nextBytes(big);
    try (RawClient client = open("/echo")) {
      echoes(client, "one");
      client.send(0x82, big);
      RawClient.Received echoed = client.frame();
      assertThat(echoed.first()).isEqualTo(0x82);
      assertThat(echoed.payload()).isEqualTo(big);
      client.send(0x01, "fra".getBytes(StandardCharsets.UTF_8));
      client.send(0x89, new byte[] {7});
      client.send(0x80, "gments".getBytes(StandardCharsets.UTF_8));
      assertThat(client.frame().opcode()).isEqualTo(0xA);
      assertThat(client.text()).isEqualTo("fragments");
      client.sendClose(4001, "bye");
      assertThat(client.frame().closeCode()).isEqualTo(4001);
      assertThat(client.end()).isEqualTo(RawClient.End.FIN);
    }
    oneEnded(Ending.CLOSED_BY_CLIENT);
    assertThat(proxy.ledger().frames()).allSatisfy((act, count) -> assertThat(count).isZero());
    await(() -> peer.ledger().closes().byClient() == 1);
  }

  @Test
  void aRefusedUpgradeIsPassedOn() throws Exception {
    try (RawClient client =
        RawClient.connect(proxy.uri("/refuse/403?body=no"), SSLContext.getDefault())) {
      String head = client.upgrade();
      assertThat(head).startsWith("HTTP/1.1 403 ");
      assertThat(client.body(head)).contains("no");
    }
    assertThat(proxy.ledger().opened()).isZero();
  }

  @Test
  void framesThatComeWithTheAnswerAndByteByByteAreFramesToo() throws Exception {
    given("drop frame 1 from the server", "corrupt frame 2 from the client");
    try (RawClient client = open("/greet?text=hi")) {
      assertThat(client.quietFor(SILENCE)).isTrue();
    }
    try (RawClient client = open("/echo")) {
      byte[] frames = {
        (byte) 0x82, (byte) 0x81, 0, 0, 0, 0, 1, (byte) 0x82, (byte) 0x81, 0, 0, 0, 0, 2
      };
      for (byte one : frames) {
        client.write(new byte[] {one});
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
      }
      assertThat(client.frame().payload()).containsExactly(~2 & 0xFF);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "drop frame 2 from the server,              1 3, DROP",
    "drop frame 2 from the client,              1 3, DROP",
    "duplicate frame 2 from the server,         1 2 2 3, DUPLICATE",
    "duplicate frame 2 from the client,         1 2 2 3, DUPLICATE",
    "delay frame 2 from the server by 30 ms,    1 2 3, DELAY",
    "delay every frame from the client by 1 ms, 1 2 3, DELAY"
  })
  void whatIsDoneToOneFrameIsDoneToNoOther(String fault, String seen, Fault.Act act)
      throws Exception {
    given(fault);
    try (RawClient client = open("/echo")) {
      for (String text : List.of("1", "2", "3")) {
        client.sendText(text);
      }
      for (String text : seen.split(" ", -1)) {
        assertThat(client.text()).isEqualTo(text);
      }
      assertThat(client.quietFor(SILENCE)).isTrue();
    }
    long times = fault.contains("every") ? 3 : 1;
    proxy
        .ledger()
        .frames()
        .forEach((a, n) -> assertThat(n).as(a.name()).isEqualTo(a == act ? times : 0));
  }

  @Test
  void aDelayIsAtLeastWhatItSays() throws Exception {
    given("delay frame 1 from the server by 200 ms");
    try (RawClient client = open("/echo")) {
      long start = System.nanoTime();
      echoes(client, "slow");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(199));
    }
  }

  @Test
  void aThrottleLetsNoMoreThroughThanItSays() throws Exception {
    given("throttle the server to 100 KiB/s");
    try (RawClient client = open("/echo")) {
      long start = System.nanoTime();
      client.send(0x82, new byte[50 << 10]);
      assertThat(client.frame().payload()).hasSize(50 << 10);
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      assertThat(took).isGreaterThan(Duration.ofMillis(400));
    }
  }

  @Test
  void corruptionTurnsTheFirstByteOverOrSetsReservedBits() throws Exception {
    given("corrupt frame 1 from the server");
    try (RawClient client = open("/echo")) {
      client.send(0x82, new byte[] {1, 2});
      assertThat(client.frame().payload()).containsExactly(0xFE, 2);
    }
    given("pass", "corrupt the header of frame 2 from the server");
    try (RawClient client = open("/echo")) {
      echoes(client, "one");
      client.sendText("two");
      assertThat(client.frame().first()).isEqualTo(0xF1);
    }
    await(() -> proxy.ledger().open() == 0);
    assertThat(proxy.ledger().ended(Ending.VIOLATION)).isOne();
    assertThat(proxy.ledger().ended(Ending.LOST_BY_CLIENT)).isOne();
  }

  @Test
  void stalledPongsAreSwallowedAndNothingElse() throws Exception {
    given("stall pongs from the server");
    try (RawClient client = open("/echo")) {
      client.send(0x89, new byte[] {1});
      echoes(client, "alive");
      assertThat(client.quietFor(SILENCE)).isTrue();
    }
    assertThat(proxy.ledger().frames()).containsEntry(Fault.Act.DROP, 1L);
  }
}
