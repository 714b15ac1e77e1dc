package dev.echosounder.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echosounder.peer.proxy.Fault;
import dev.echosounder.peer.proxy.FaultLedger;
import dev.echosounder.peer.proxy.FaultLedger.Ending;
import dev.echosounder.peer.proxy.FaultProxy;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the proxy does on the wire, and what it says it did. */
final class FaultProxyTest {
  private static final Duration SILENCE = Duration.ofMillis(150);

  private final Peer peer = Peer.start();
  private final FaultProxy proxy = FaultProxy.start(peer.uri("/"));

  @AfterEach
  void stop() {
    proxy.close();
    peer.close();
  }

  private RawClient open(String path) throws Exception {
    return RawClient.connect(proxy.uri(path), SSLContext.getDefault()).expectUpgrade();
  }

  private void given(String... faults) {
    for (String fault : faults) {
      proxy.apply(Fault.parse(fault));
    }
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  /** Exactly this one ended, in this way. */
  private void oneEnded(Ending how) {
    await(() -> proxy.ledger().open() == 0);
    FaultLedger ledger = proxy.ledger();
    assertThat(ledger.opened()).isOne();
    ledger.ends().forEach((e, n) -> assertThat(n).as(e.name()).isEqualTo(e == how ? 1 : 0));
  }

  private static void echoes(RawClient client, String text) throws IOException {
    client.sendText(text);
    assertThat(client.text()).isEqualTo(text);
  }

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

  @ParameterizedTest
  @CsvSource({
    "reset after frame 2 from the server, RST, RESET",
    "reset after frame 2 from the client, RST, RESET",
    "end after frame 2 from the server, FIN, FIN",
    "reset now, RST, RESET",
    "end now, FIN, FIN",
    "reset after 300 ms, RST, RESET",
    "end after 300 ms, FIN, FIN"
  })
  void endsAConnectionOnCue(String fault, RawClient.End end, Ending how) throws Exception {
    boolean now = fault.endsWith("now");
    if (!now) {
      given(fault);
    }
    try (RawClient client = open("/echo")) {
      echoes(client, "one");
      if (fault.endsWith("server") || now) {
        echoes(client, "two");
      } else if (fault.endsWith("client")) {
        client.sendText("two");
      }
      if (now) {
        given(fault);
      }
      assertThat(client.end()).isEqualTo(end);
    }
    oneEnded(how);
    await(() -> peer.ledger().open() == 0);
  }

  @Test
  void cutsInTheMiddleOfAFrame() throws Exception {
    given("cut inside frame 2 from the server");
    try (RawClient client = open("/echo")) {
      echoes(client, "one");
      client.sendText("12345678");
      assertThat(client.bytes(6)).isEqualTo(new byte[] {(byte) 0x81, 8, '1', '2', '3', '4'});
      assertThat(client.end()).isEqualTo(RawClient.End.FIN);
    }
    oneEnded(Ending.CUT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "close with 1011 \"over loaded\" after frame 1 from the server",
        "close now with 1011 \"over loaded\"",
        "close with 1011 \"over loaded\" now"
      })
  void closesWithACodeAndEndsWhenAnswered(String fault) throws Exception {
    boolean now = fault.contains("now");
    if (!now) {
      given(fault);
    }
    try (RawClient client = open("/echo")) {
      echoes(client, "one");
      if (now) {
        given(fault);
      }
      RawClient.Received close = client.frame();
      assertThat(close.closeCode()).isEqualTo(1011);
      assertThat(close.closeReason()).isEqualTo("over loaded");
      client.sendClose(1011, "");
      assertThat(client.end()).isEqualTo(RawClient.End.FIN);
    }
    oneEnded(Ending.CLOSED_BY_PROXY);
  }

  @Test
  void aBlackHoleIsSilentAndKeepsTcpOpen() throws Exception {
    given("black-hole after frame 1 from the server");
    try (RawClient client = open("/echo")) {
      echoes(client, "one");
      client.sendText("two");
      client.send(0x89, new byte[] {1});
      assertThat(client.quietFor(SILENCE)).isTrue();
      oneEnded(Ending.BLACK_HOLE);
      given("pass", "reset now");
      assertThat(client.quietFor(SILENCE)).isTrue();
    }
    oneEnded(Ending.BLACK_HOLE);
    await(() -> peer.ledger().open() == 0);
  }

  @Test
  void refusesUntilToldToPass() throws Exception {
    given("refuse connections");
    try (Socket refused = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
      await(() -> ended(refused));
    }
    assertThat(proxy.ledger().refused()).isOne();
    given("pass");
    try (RawClient client = open("/echo")) {
      echoes(client, "again");
    }
  }

  private static boolean ended(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (IOException reset) {
      return true;
    }
  }

  @Test
  void whoEndsWithoutTheProxysDoingIsToldApart() throws Exception {
    try (RawClient client = open("/echo")) {
      client.reset();
    }
    await(() -> proxy.ledger().ended(Ending.LOST_BY_CLIENT) == 1);
    try (RawClient client = open("/close/4000?after=0")) {
      assertThat(client.frame().closeCode()).isEqualTo(4000);
    }
    await(() -> proxy.ledger().ended(Ending.CLOSED_BY_SERVER) == 1);
    try (RawClient client = open("/reset?after=0")) {
      assertThat(client.end()).isEqualTo(RawClient.End.RST);
    }
    await(() -> proxy.ledger().ended(Ending.LOST_BY_SERVER) == 1);
  }

  @Test
  void aThousandConnectionsAreResetAtOnceByOneThread() throws Exception {
    List<RawClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 1_000; i++) {
        clients.add(open("/echo"));
      }
      assertThat(proxy.ledger().open()).isEqualTo(1_000);
      assertThat(threads()).isOne();
      given("reset now");
      for (RawClient client : clients) {
        assertThat(client.end()).isEqualTo(RawClient.End.RST);
      }
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
    assertThat(proxy.ledger().ended(Ending.RESET)).isEqualTo(1_000);
    assertThat(proxy.ledger().open()).isZero();
  }

  @Test
  void closingFreesThePortTheSocketsAndTheThread() throws Exception {
    try (RawClient client = open("/echo")) {
      proxy.close();
      client.end();
      assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), proxy.port()).close())
          .isInstanceOf(ConnectException.class);
    }
    await(() -> threads() == 0);
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(t -> t.getName().equals("fault-proxy"))
        .count();
  }

  @Test
  void aServerThatIsNotThereIsAReset() throws Exception {
    URI nowhere = peer.uri("/");
    peer.close();
    try (FaultProxy lonely = FaultProxy.start(nowhere);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), lonely.port())) {
      await(() -> ended(socket));
      assertThat(lonely.ledger().opened()).isZero();
    }
  }

  static List<String> forms() {
    return Fault.forms();
  }

  @ParameterizedTest
  @MethodSource("forms")
  void eachFormIsUnderstood(String form) {
    assertThat(Fault.parse(form)).isNotNull();
    assertThat(Fault.parse("  " + form.replace(" ", "  "))).isEqualTo(Fault.parse(form));
  }

  @ParameterizedTest
  @CsvSource({
    "drop frame 3 from server, drop frame 3 from the server",
    "drop frame 0 from the server, counted from 1",
    "throttle the server to 0 B/s, at least 1 B/s",
    "explode, stall pongs",
    "'', pass",
    "reset after 3 hours, reset after frame 3 from the server"
  })
  void whatIsNotUnderstoodIsAnsweredWithWhatWouldBe(String words, String hint) {
    assertThatThrownBy(() -> Fault.parse(words))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(hint);
  }
}
