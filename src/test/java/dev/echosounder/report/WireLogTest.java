package dev.echosounder.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.peer.Peer;
import dev.echosounder.ws.Bytes;
import dev.echosounder.ws.Client;
import dev.echosounder.ws.Connection;
import dev.echosounder.ws.Event;
import dev.echosounder.ws.Frame;
import dev.echosounder.ws.Listener;
import dev.echosounder.ws.Opcode;
import dev.echosounder.ws.Target;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class WireLogTest {
  /** Added to by the printer alone, and read when it has ended. */
  private final StringBuilder printed = new StringBuilder();

  private String talk(boolean color) throws Exception {
    try (Peer peer = Peer.start();
        Client client = Client.create();
        WireLog log =
            new WireLog(printed::append, new Secrets(), s -> s.replace("auth", "R"), color)) {
      client.witness(log);
      Target target = Target.of(peer.uri("/auth/bearer?token=s3cret")).withBearer("s3cret");
      Connection connection = client.open(target, Listener.NONE);
      connection.opened().get(5, TimeUnit.SECONDS);
      connection.sendText("Hello s3cret").get(5, TimeUnit.SECONDS);
      assertThat(
              connection.timeline().await(e -> e instanceof Event.Received, Duration.ofSeconds(5)))
          .isPresent();
      connection.close(1000, "bye").get(5, TimeUnit.SECONDS);
    }
    return printed.toString();
  }

  @Test
  void everyEventIsTold() throws Exception {
    String text = talk(false);
    assertThat(text.lines().findFirst())
        .hasValueSatisfying(l -> assertThat(l).matches("#1   ws://.*/R/bearer\\?token=<redacted>"));
    assertThat(text)
        .containsPattern("(?m)^#1   \\+ +[0-9.]+ ms · connect to 127.0.0.1:\\d+$")
        .containsPattern("(?m)^#1   \\+ +[0-9.]+ ms → GET /R/bearer\\?token=<redacted> HTTP/1.1$")
        .containsPattern("(?m)^#1   \\+ +[0-9.]+ ms → text         FIN 12 B \"Hello <redacted>\"$")
        .containsPattern("(?m)^#1   \\+ +[0-9.]+ ms ← text         FIN 12 B \"Hello <redacted>\"$")
        .containsPattern("(?m)^#1   \\+ +[0-9.]+ ms ← close        FIN 2 B 1000")
        .containsPattern("(?m)^#1   \\+ +[0-9.]+ ms · ended: closed_by_us")
        .doesNotContain("\u001b", "s3cret");
  }

  @Test
  void colourTellsTheDirections() throws Exception {
    assertThat(talk(true))
        .containsPattern("\u001b\\[36m#1 .*→ text .*\u001b\\[0m")
        .containsPattern("\u001b\\[32m#1 .*← text .*\u001b\\[0m");
  }

  @Test
  void reservedBitsAndMissingFinAreShown() {
    Frame frame = new Frame(Opcode.BINARY, false, 6, 2, Bytes.hex("00ff"));
    assertThat(WireText.of(7, 0, new Event.Received(1_500_000, frame), false))
        .isEqualTo("#7   +      1.500 ms ← binary           RSV1 RSV2 2 B 00 ff\n");
  }

  /** The printer stands still; whoever tells it must not, and what is lost must be said. */
  @Test
  void aSlowTerminalBlocksNobodyAndLossesAreCounted() throws Exception {
    CountDownLatch slow = new CountDownLatch(1);
    CountDownLatch printing = new CountDownLatch(1);
    try (Client client = Client.create();
        WireLog log =
            new WireLog(
                text -> {
                  printing.countDown();
                  await(slow);
                  printed.append(text);
                },
                new Secrets(),
                s -> s,
                false,
                10)) {
      Connection connection =
          client.open(Target.of(URI.create("ws://127.0.0.1:1/")), Listener.NONE);
      Frame frame = Reports.frame(Opcode.TEXT, "x");
      log.onEvent(connection, new Event.Sent(1, frame));
      assertThat(printing.await(5, TimeUnit.SECONDS)).isTrue();
      long began = System.nanoTime();
      for (int i = 0; i < 1_000; i++) {
        log.onEvent(connection, new Event.Sent(i, frame));
      }
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
      slow.countDown();
    }
    assertThat(printed.toString().lines().filter(l -> l.contains("→ text"))).hasSize(11);
    assertThat(printed).contains("… about here 990 events are left out: printing is too slow");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
