package dev.echosounder.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a timeline keeps, and the phases that it reads from it. */
final class TimelineTest {
  private static final InetSocketAddress ADDRESS =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 80);
  private final Timeline timeline = new Timeline(3, () -> 0);

  private static Frame frame(Opcode opcode) {
    return new Frame(opcode, true, 0, 0, Bytes.EMPTY);
  }

  private void handshake() {
    timeline.add(new Event.Resolving(1, "host"));
    timeline.add(new Event.Resolved(3, List.of(ADDRESS)));
    timeline.add(new Event.Connecting(4, ADDRESS));
    timeline.add(new Event.Connected(8, ADDRESS, ADDRESS));
    timeline.add(new Event.TlsStarted(9));
    timeline.add(Timelines.tls(17));
    timeline.add(new Event.Upgrading(18, "GET / HTTP/1.1", List.of()));
    timeline.add(new Event.Upgraded(34, 101, List.of(), null, List.of()));
  }

  @Test
  void readsTheSevenPhases() {
    handshake();
    timeline.add(new Event.Sent(40, frame(Opcode.TEXT)));
    timeline.add(new Event.Received(50, frame(Opcode.PING)));
    timeline.add(new Event.Received(72, frame(Opcode.TEXT)));
    timeline.add(new Event.Sent(100, frame(Opcode.CLOSE)));
    timeline.add(new Event.Received(150, frame(Opcode.CLOSE)));
    timeline.add(new Event.Ended(228, new Ending(Ending.Cause.CLOSED_BY_US, 1000, "", true, "")));
    assertThat(timeline.phases())
        .containsEntry(Phase.DNS, Duration.ofNanos(2))
        .containsEntry(Phase.TCP, Duration.ofNanos(4))
        .containsEntry(Phase.TLS, Duration.ofNanos(8))
        .containsEntry(Phase.UPGRADE, Duration.ofNanos(16))
        .containsEntry(Phase.FIRST_MESSAGE, Duration.ofNanos(38))
        .containsEntry(Phase.ECHO, Duration.ofNanos(32))
        .containsEntry(Phase.CLOSE, Duration.ofNanos(128))
        .hasSize(7);
  }

  @Test
  void measuresTcpToTheAddressThatAnswered() {
    timeline.add(new Event.Connecting(0, ADDRESS));
    timeline.add(new Event.NotConnected(50, ADDRESS, "refused"));
    timeline.add(new Event.Connecting(60, ADDRESS));
    timeline.add(new Event.Connected(61, ADDRESS, ADDRESS));
    assertThat(timeline.phase(Phase.TCP)).contains(Duration.ofNanos(1));
  }

  @Test
  void keepsTheHandshakeAndTheNewestFrames() {
    handshake();
    for (int i = 0; i < 10; i++) {
      timeline.add(new Event.Received(100 + i, frame(Opcode.TEXT)));
    }
    assertThat(timeline.events()).hasSize(8 + 3);
    assertThat(timeline.forgottenFrames()).isEqualTo(7);
    assertThat(timeline.events().get(10).nanos()).isEqualTo(109);
    assertThat(timeline.phase(Phase.FIRST_MESSAGE)).contains(Duration.ofNanos(66));
  }

  @Test
  void ordersEventsThatTwoThreadsAddedSwapped() {
    timeline.add(new Event.Received(20, frame(Opcode.TEXT)));
    timeline.add(new Event.Sent(10, frame(Opcode.TEXT)));
    assertThat(timeline.events()).extracting(Event::nanos).containsExactly(10L, 20L);
  }

  @Test
  void nothingFollowsTheEnd() {
    Ending ending = new Ending(Ending.Cause.EOF, 1006, "", false, "");
    assertThat(timeline.add(new Event.Ended(1, ending))).isTrue();
    assertThat(timeline.add(new Event.Sent(2, frame(Opcode.TEXT)))).isFalse();
    assertThat(timeline.add(new Event.Ended(3, ending))).isFalse();
    assertThat(timeline.events()).hasSize(1);
  }

  @Test
  void awaitSeesThePastAndTheFutureAndGivesUpAtTheEnd() throws Exception {
    timeline.add(new Event.TlsStarted(1));
    assertThat(timeline.await(e -> e instanceof Event.TlsStarted, Duration.ZERO)).isPresent();
    assertThat(timeline.await(e -> e instanceof Event.Sent, Duration.ofMillis(1))).isEmpty();
    CompletableFuture<Boolean> waiter =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return timeline
                    .await(e -> e instanceof Event.Received, Duration.ofSeconds(20))
                    .isPresent();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    timeline.add(new Event.Ended(9, new Ending(Ending.Cause.EOF, 1006, "", false, "")));
    assertThat(waiter.get(5, TimeUnit.SECONDS)).isFalse();
  }
}
