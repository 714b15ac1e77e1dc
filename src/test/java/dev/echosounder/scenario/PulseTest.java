package dev.echosounder.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.check.FakeTimer;
import dev.echosounder.peer.Peer;
import dev.echosounder.ws.Bytes;
import dev.echosounder.ws.Client;
import dev.echosounder.ws.Connection;
import dev.echosounder.ws.Event;
import dev.echosounder.ws.Frame;
import dev.echosounder.ws.Inbox;
import dev.echosounder.ws.Listener;
import dev.echosounder.ws.Message;
import dev.echosounder.ws.Opcode;
import dev.echosounder.ws.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Signs of life by a clock that the test moves; answers on a real connection to the echo peer. */
final class PulseTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static Peer peer;
  private static Client client;

  private final FakeTimer time = new FakeTimer();
  private final Inbox inbox = new Inbox();
  private final Pulse pulse = new Pulse(inbox, () -> time);

  /** When each sign of life was sent, in milliseconds. */
  private final List<Long> sent = new ArrayList<>();

  @BeforeAll
  static void start() {
    peer = Peer.start();
    client = Client.create();
  }

  @AfterAll
  static void stop() {
    client.close();
    peer.close();
  }

  private Connection unopened() {
    return client.open(Target.of(peer.uri("/echo")), Listener.NONE);
  }

  private Event.Sent out(Opcode opcode) {
    return new Event.Sent(time.nanos(), new Frame(opcode, true, 0, 0, Bytes.EMPTY));
  }

  private Event.Received in(Opcode opcode) {
    return new Event.Received(time.nanos(), new Frame(opcode, true, 0, 0, Bytes.EMPTY));
  }

  private CompletableFuture<Void> send(Connection connection) {
    sent.add(time.nanos() / 1_000_000);
    pulse.onEvent(connection, out(Opcode.TEXT));
    return CompletableFuture.completedFuture(null);
  }

  @Test
  void aSignOfLifeIsSentOnlyAfterASilenceOfOurs() {
    Connection connection = unopened();
    pulse.onEvent(connection, out(Opcode.TEXT));
    pulse.beat(SECOND, () -> send(connection));
    time.advance(Duration.ofMillis(600));
    pulse.onEvent(connection, out(Opcode.BINARY));
    time.advance(Duration.ofMillis(300));
    pulse.onEvent(connection, out(Opcode.PONG)); // The subprotocol does not see it.
    time.advance(Duration.ofSeconds(3));
    assertThat(sent).containsExactly(1_600L, 2_600L, 3_600L);
  }

  @Test
  void nothingIsSentOnceEitherSideCloses() {
    Connection connection = unopened();
    pulse.beat(SECOND, () -> send(connection));
    pulse.onEvent(connection, in(Opcode.CLOSE));
    time.advance(Duration.ofSeconds(5));
    pulse.beat(SECOND, () -> send(connection));
    time.advance(Duration.ofSeconds(5));
    assertThat(sent).isEmpty();
    assertThat(time.pending()).isZero();
  }

  @Test
  void thePeersSilenceIsNotedAfterASecondLook() {
    Connection connection = unopened();
    pulse.onEvent(connection, in(Opcode.TEXT));
    pulse.expect(SECOND);
    time.advance(Duration.ofMillis(900));
    pulse.onEvent(connection, in(Opcode.TEXT));
    time.advance(Duration.ofMillis(1_499));
    assertThat(pulse.missed()).isEmpty();
    time.advance(Duration.ofMillis(1));
    assertThat(pulse.missed()).contains(Duration.ofMillis(1_500));
  }

  /** The I/O thread reads what has waited meanwhile before the second look. */
  @Test
  void aPauseOfOurOwnIsNoSilenceOfThePeers() {
    Connection connection = unopened();
    pulse.onEvent(connection, in(Opcode.TEXT));
    pulse.expect(SECOND);
    time.stall(Duration.ofSeconds(10));
    time.advance(Duration.ofMillis(1));
    pulse.onEvent(connection, in(Opcode.TEXT));
    time.advance(Duration.ofMillis(900));
    assertThat(pulse.missed()).isEmpty();
  }

  @Test
  void whatHasStoppedIsSilentAndExpectsNothing() {
    Connection connection = unopened();
    pulse.beat(SECOND, () -> send(connection));
    pulse.expect(SECOND);
    time.advance(Duration.ofMillis(1_100)); // A second look is due.
    sent.clear();
    pulse.stop();
    time.advance(Duration.ofSeconds(5));
    assertThat(sent).isEmpty();
    assertThat(pulse.missed()).isEmpty();
  }

  /** The peer echoes: what we answer comes back, and what waits was there before the session. */
  @Test
  void whatWaitsAndWhatComesIsAnsweredInOrder() throws Exception {
    Connection connection = client.open(Target.of(peer.uri("/echo")), pulse);
    connection.opened().get(5, TimeUnit.SECONDS);
    connection.sendText("ping 1").get(5, TimeUnit.SECONDS);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (inbox.waiting().isEmpty() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    pulse.answer(
        connection,
        text -> text.startsWith("ping") ? Optional.of("p" + text.substring(2)) : Optional.empty());
    connection.sendText("ping 2").get(5, TimeUnit.SECONDS);
    List<String> came = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      came.add(((Message.Text) inbox.next(Duration.ofSeconds(5)).orElseThrow()).text());
    }
    assertThat(came).containsExactlyInAnyOrder("ping 1", "png 1", "ping 2", "png 2");
    assertThat(inbox.next(Duration.ofMillis(50))).isEmpty();
  }
}
