package dev.echosounder.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echosounder.peer.proxy.FaultLedger.Ending;
import dev.echosounder.peer.proxy.FaultProxy;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the proxy ends connections, and what it says of those that end without its doing. */
final class FaultProxyEndsTest extends BehindTheProxy {
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
}
