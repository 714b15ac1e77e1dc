package dev.echosounder.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.check.Check;
import dev.echosounder.check.Echo;
import dev.echosounder.check.Expectation;
import dev.echosounder.check.Handshake;
import dev.echosounder.check.Idle;
import dev.echosounder.check.Payload;
import dev.echosounder.check.Ping;
import dev.echosounder.config.ConfiguredCheck;
import dev.echosounder.hold.BackOff;
import dev.echosounder.hold.Heartbeat;
import dev.echosounder.hold.Hold;
import dev.echosounder.ws.Bytes;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class InWordsTest {
  private static String words(Check check) {
    return InWords.of(
        new ConfiguredCheck("c", check, Duration.ofMinutes(1), Duration.ofMillis(1_500)));
  }

  @Test
  void everyKindIsSaid() {
    Payload hello = Payload.text("Hello");
    assertThat(words(new Handshake()))
        .isEqualTo("Connects, upgrades, closes cleanly. Every 1 min, within 1500 ms.");
    assertThat(words(Echo.of(hello))).startsWith("Sends \"Hello\" and expects the same back. ");
    assertThat(words(new Echo(hello, new Expectation.StartingWith("ok"), 1, 2)))
        .startsWith("Awaits 2 greetings, sends \"Hello\" and expects text starting with \"ok\". ");
    assertThat(words(Echo.of(Payload.binary(Bytes.hex("00ff")))))
        .startsWith("Sends 2 bytes of binary and expects the same back. ");
    assertThat(words(new Ping(1))).startsWith("Sends 1 ping and expects each pong. ");
    assertThat(words(new Idle(Duration.ofMinutes(2), "x")))
        .startsWith("Finds out after how long a silence a connection is cut, waiting at most 2 min")
        .contains(", and whether a message of ours prevents it. ");
    assertThat(words(new Hold(new Heartbeat.Ping(), BackOff.DEFAULT, Duration.ofHours(1))))
        .isEqualTo(
            "Keeps one connection open and renews it every 1 h. Pings every 1 min, to be answered"
                + " within 1500 ms. Connects again within 1 s, after failures in a row within"
                + " 1 min.");
    assertThat(words(new Hold(new Heartbeat.None(), BackOff.DEFAULT, null)))
        .startsWith("Keeps one connection open. Sends no heartbeat. ");
  }

  @Test
  void textIsNotCut() {
    String secret = "s".repeat(500);
    assertThat(words(Echo.of(Payload.text(secret)))).contains(secret);
  }
}
