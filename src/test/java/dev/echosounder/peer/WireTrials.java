package dev.echosounder.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.zip.Inflater;

/** What a client sees of the behaviours that are about frames, compression and back-pressure. */
final class WireTrials {
  private WireTrials() {}

  static void addTo(Map<String, Trials.Trial> trials) {
    trials.put(
        "/relay",
        target -> {
          try (RawClient client = target.open("/relay")) {
            client.send(0x02, "one".getBytes(StandardCharsets.UTF_8));
            RawClient.Received first = client.frame();
            assertThat(first.first()).isEqualTo(0x02);
            assertThat(first.text()).isEqualTo("one");
            client.send(0x80, "two".getBytes(StandardCharsets.UTF_8));
            assertThat(client.frame().first()).isEqualTo(0x80);
            client.sendClose(1000, "");
            assertThat(client.frame().closeCode()).isEqualTo(1000);
          }
        });
    trials.put("/bomb", WireTrials::bomb);
    trials.put("/impatient", WireTrials::impatient);
  }

  private static void impatient(Target target) throws Exception {
    try (RawClient client = target.open("/impatient?within=200ms")) {
      client.send(0x81, "taken".getBytes(StandardCharsets.UTF_8));
      assertThat(client.frame().text()).isEqualTo("taken");
      assertThat(client.quietFor(Duration.ofMillis(300))).isTrue();
      client.send(0x82, new byte[8 << 20]);
      // The first byte says that the echo is on its way, and its time begins to run.
      assertThat(client.bytes(1)).hasSize(1);
      // Not to read, three times as long as the peer allows, is what is tried here.
      Thread.sleep(600);
      assertThatThrownBy(() -> client.bytes(8 << 20)).isInstanceOf(SocketException.class);
    }
  }

  private static void bomb(Target target) throws Exception {
    String offer = "Sec-WebSocket-Extensions: permessage-deflate";
    try (RawClient client = target.open("/bomb?mebibytes=64", offer)) {
      RawClient.Received frame = client.frame();
      assertThat(frame.first()).isEqualTo(0xC2);
      assertThat(frame.payload()).hasSizeLessThan(64 * 1100);
      assertThat(inflated(frame.payload())).isEqualTo(64L << 20);
    }
    try (RawClient client = target.open("/bomb")) {
      client.sendClose(1000, "");
      assertThat(client.frame().closeCode()).isEqualTo(1000);
    }
  }

  /** How many bytes a message inflates to (RFC 7692 §7.2.2). */
  private static long inflated(byte[] message) throws Exception {
    Inflater inflater = new Inflater(true);
    try {
      byte[] sink = new byte[64 * 1024];
      long bytes = 0;
      for (byte[] input : new byte[][] {message, {0, 0, -1, -1}}) {
        inflater.setInput(input);
        int read;
        while ((read = inflater.inflate(sink)) > 0) {
          bytes += read;
        }
      }
      return bytes;
    } finally {
      inflater.end();
    }
  }
}
