package dev.echosounder.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.ws.Event;
import dev.echosounder.ws.Opcode;
import dev.echosounder.ws.Timelines;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RoundTripsTest {
  private static Event sent(long at, Opcode opcode, String text) {
    return new Event.Sent(at, Reports.frame(opcode, text));
  }

  private static Event received(long at, Opcode opcode, String text) {
    return new Event.Received(at, Reports.frame(opcode, text));
  }

  @Test
  void echoesAndPongsAreMatchedInOrder() {
    assertThat(
            RoundTrips.of(
                Timelines.of(
                    sent(0, Opcode.TEXT, "a"),
                    sent(10, Opcode.TEXT, "a"),
                    sent(20, Opcode.PING, "p"),
                    received(30, Opcode.TEXT, "a"),
                    received(35, Opcode.PONG, "p"),
                    received(50, Opcode.TEXT, "a"))))
        .containsExactly(Duration.ofNanos(30), Duration.ofNanos(15), Duration.ofNanos(40));
  }

  @Test
  void whatDoesNotComeBackAsItWasSentIsNoRoundTrip() {
    assertThat(
            RoundTrips.of(
                Timelines.of(
                    sent(0, Opcode.TEXT, "a"),
                    received(1, Opcode.TEXT, "b"),
                    received(2, Opcode.BINARY, "a"),
                    received(3, Opcode.PING, "a"),
                    sent(4, Opcode.PONG, "a"),
                    received(5, Opcode.PONG, "a"))))
        .isEmpty();
  }
}
