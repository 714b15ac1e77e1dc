package dev.echosounder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echosounder.peer.Peer;
import dev.echosounder.ws.Ending;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * From which instant latencies count, over a real connection to a peer that answers at once: what
 * is late here is late because its sending was held up. And that this holds up nobody else.
 */
final class IntendedTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Duration STALL = Duration.ofMillis(400);

  private final Peer peer = Peer.start();
  private final World world = World.begin();

  @BeforeEach
  void connect() {
    world.endpoint(peer.uri("/echo"));
  }

  @AfterEach
  void stop() {
    world.conversations().forEach(c -> c.connection().close(1000, "").join());
    World.end();
    peer.close();
  }

  /** Measured from the actual sends, one of a hundred would be slow, and that by nobody's fault. */
  @Test
  void aSenderThatIsHeldUpIsSeenInAllThatWereDueMeanwhile() throws InterruptedException {
    IntFunction<String> text =
        i -> {
          if (i == 10) {
            sleep(STALL);
          }
          return "echo " + i;
        };
    Volley sent = Volley.send(world.connect("I"), 100, 200, i -> "echo " + i, text);
    Latencies latencies = sent.answered(LIMIT, Optional::of);
    assertThat(latencies.at(99)).isBetween(STALL.multipliedBy(9).dividedBy(10), LIMIT);
    assertThat(latencies.at(50)).isGreaterThan(STALL.dividedBy(10));
    assertThat(latencies.at(5)).isLessThan(STALL.dividedBy(4));
  }

  @Test
  void aCrowdsEchoesCountFromWhenAllWereToSend() throws InterruptedException {
    Crowd crowd = Crowd.connect(60);
    long before = System.nanoTime();
    crowd.send(Payload.text("Hello"));
    assertThat(crowd.clients().stream().map(Conversation::due).distinct()).hasSize(1);
    List<Conversation> clients = crowd.clients();
    assertThat(clients.get(0).due() - before).isBetween(0L, STALL.toNanos());
    Latencies latencies = crowd.echoes(LIMIT);
    assertThat(latencies.what()).isEqualTo("the echoes of 60 clients");
    assertThat(latencies.histogram().getTotalCount()).isEqualTo(60);
    assertThat(latencies.at(1)).isPositive();
  }

  /** The first is frozen; the echoes of the others show that they have sent all the same. */
  @Test
  void aClientWhoseWriteStallsHoldsUpNoOther() throws InterruptedException {
    world.endpoint(peer.uri("/half-open?after=1"));
    Crowd crowd = Crowd.connect(3);
    Conversation first = crowd.clients().get(0);
    first.send(Payload.text("freeze"));
    assertThat(first.inbox().next(LIMIT)).isPresent();
    world.deadline(STALL);
    Payload large = SendSteps.letters(8 << 20);
    assertThatThrownBy(() -> crowd.send(large))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("each client: to send the text \"abc")
        .hasMessageContaining("of 3: the write has stalled: the peer does not read (client 1");
    for (Conversation other : crowd.clients().subList(1, 3)) {
      assertThat(other.inbox().next(LIMIT)).as(other.who()).isPresent();
    }
    crowd.clients().forEach(c -> c.connection().abort(Ending.Cause.CLOSED_BY_US, "done"));
  }

  private static void sleep(Duration time) {
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
