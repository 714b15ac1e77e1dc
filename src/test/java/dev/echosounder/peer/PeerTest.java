package dev.echosounder.peer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The peer as a whole: its HTTP side, what it counts, and that nothing of it stays. */
final class PeerTest {
  private final Peer peer =
      Peer.start(Peer.Options.defaults().withHttpKeepAlive(Duration.ofMillis(300)));

  @AfterEach
  void stop() {
    peer.close();
  }

  @Test
  void unknownPathIsA404ThatListsThePaths() throws Exception {
    try (RawClient client = connect("/nowhere")) {
      String head = client.upgrade();
      assertThat(head).startsWith("HTTP/1.1 404 ");
      assertThat(client.body(head)).contains("/nowhere", "/echo  ", "/invalid/{kind}  ");
    }
  }

  @Test
  void badValueIsA400ThatSaysWhatWasExpected() throws Exception {
    assertThat(refusal("/echo?delay=soon"))
        .contains("delay=soon: expected a duration such as 500ms");
    assertThat(refusal("/close/many")).contains("code=many: expected a whole number from 0 to");
    assertThat(refusal("/invalid/nice")).contains("kind=nice: expected reserved-bits,");
    assertThat(refusal("/echo?dely=1s")).contains("dely is unknown here: expected one of [prefix,");
    assertThat(refusal("/redirect?to=%0D%0AX:y")).contains("to=%0D%0AX:y: expected a URI");
  }

  @Test
  void requestWithoutUpgradeIsA426() throws Exception {
    try (RawClient client = connect("/echo")) {
      client.write(get("/echo"));
      assertThat(client.head()).startsWith("HTTP/1.1 426 ").contains("\r\nUpgrade: websocket\r\n");
    }
  }

  @Test
  void refusedConnectionServesAnotherRequest() throws Exception {
    try (RawClient client = connect("/auth/bearer?token=t")) {
      client.body(client.upgrade());
      assertThat(client.upgrade("Authorization: Bearer t")).startsWith("HTTP/1.1 101 ");
    }
  }

  @Test
  void webSocketOutlivesHttpKeepAlive() throws Exception {
    try (RawClient socket = open("/echo");
        RawClient http = connect("/")) {
      http.write(get("/"));
      http.body(http.head());
      assertThat(http.end()).isEqualTo(RawClient.End.FIN);
      socket.sendText("still here");
      assertThat(socket.text()).isEqualTo("still here");
    }
  }

  @Test
  void ledgerCountsWhatHappened() throws Exception {
    try (RawClient ours = open("/close/1000?after=1");
        RawClient theirs = open("/echo");
        RawClient reset = open("/echo");
        RawClient fin = open("/echo");
        RawClient open = open("/echo?prefix=ab")) {
      refusal("/refuse/400");
      ours.sendText("one");
      ours.text();
      ours.frame();
      theirs.sendClose(1000, "");
      theirs.frame();
      reset.reset();
      fin.fin();
      open.sendText("two");
      open.text();
      ours.sendClose(1000, "");
      assertThat(ours.end()).isEqualTo(RawClient.End.FIN);
      ours.fin();
      theirs.fin();
      await(() -> peer.ledger().open() == 1);
      assertThat(peer.ledger())
          .isEqualTo(
              new Ledger(5, 1, 2, 2, 6, 8, 1, new Ledger.Closes(1, 1, 1, 1, Map.of(1000, 1L))));
    }
  }

  @Test
  void closeSays1001AndFreesEverySocketThreadAndPort() throws Exception {
    int port = peer.port();
    try (RawClient echo = open("/echo");
        RawClient frozen = open("/half-open");
        RawClient held = open("/close-open?after=0");
        RawClient unanswered = connect("/no-answer");
        RawClient http = connect("/")) {
      unanswered.requestUpgrade();
      held.frame();
      http.write(get("/"));
      http.body(http.head());
      peer.close();
      RawClient.Received close = echo.frame();
      assertThat(close.closeCode()).isEqualTo(1001);
      for (RawClient client : List.of(echo, frozen, held, unanswered, http)) {
        assertThat(client.end()).isEqualTo(RawClient.End.FIN);
      }
    }
    await(() -> peer.ledger().open() == 0);
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
        .isInstanceOf(ConnectException.class);
    await(() -> peerThreads().isEmpty());
  }

  @Test
  void everyThreadIsADaemon() throws Exception {
    try (RawClient client = open("/echo?delay=1ms")) {
      client.sendText("a");
      client.text();
      assertThat(peerThreads()).isNotEmpty().allMatch(Thread::isDaemon);
    }
  }

  @Test
  void misbehavingConnectionsDoNotHurtOthers() throws Exception {
    try (RawClient steady = open("/echo")) {
      for (Behaviour behaviour : Peer.behaviours()) {
        try (RawClient bad = connect(behaviour.example())) {
          bad.requestUpgrade();
          bad.sendText("x");
        } catch (SocketException resetAlready) {
          // Some cut the connection as soon as they see the request: no harm, if steady lives on.
          assertThat(resetAlready).hasMessageMatching("Connection reset.*|Broken pipe");
        }
        steady.sendText(behaviour.path());
        assertThat(steady.text()).isEqualTo(behaviour.path());
      }
    }
  }

  @Test
  void cannotListenOnATakenPort() {
    Peer.Options taken = Peer.Options.defaults().withPort(peer.port());
    assertThatThrownBy(() -> Peer.start(taken).close())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("cannot listen on 127.0.0.1:" + peer.port());
  }

  private RawClient connect(String path) throws IOException {
    try {
      return RawClient.connect(peer.uri(path), SSLContext.getDefault());
    } catch (NoSuchAlgorithmException e) {
      throw new IOException(e);
    }
  }

  private RawClient open(String path) throws IOException {
    return connect(path).expectUpgrade();
  }

  private String refusal(String path) throws IOException {
    try (RawClient client = connect(path)) {
      String head = client.upgrade();
      assertThat(head).startsWith("HTTP/1.1 400 ");
      return client.body(head);
    }
  }

  private static byte[] get(String path) {
    return ("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  /** Other tests' peers may run too, but not in this JVM at the same time. */
  private static List<Thread> peerThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("peer"))
        .toList();
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + SECONDS.toNanos(5);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
