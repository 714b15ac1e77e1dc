package dev.echosounder.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.echosounder.ws.Bytes;
import dev.echosounder.ws.ConnectFailure;
import dev.echosounder.ws.Event;
import dev.echosounder.ws.Frame;
import dev.echosounder.ws.Header;
import dev.echosounder.ws.Opcode;
import dev.echosounder.ws.Timeline;
import dev.echosounder.ws.Timelines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class HarTest {
  private static final Path NODE = Path.of("src", "test", "node");

  @TempDir private Path directory;

  private static Timeline refused() {
    return Timelines.of(
        new Event.Upgrading(1_000_000, "GET /echo HTTP/1.1", List.of()),
        new Event.Refused(
            3_000_000,
            new ConnectFailure(
                ConnectFailure.Cause.HTTP_STATUS,
                "expected 101, got 401",
                new ConnectFailure.Response(
                    401, List.of(new Header("Content-Type", "text/plain")), Bytes.utf8("nein")))));
  }

  private static Timeline frames() {
    return Timelines.of(
        new Event.Upgraded(0, 101, List.of(), null, List.of()),
        new Event.Sent(1_000_000, Reports.frame(Opcode.TEXT, "é".repeat(100))),
        new Event.Sent(2_000_000, new Frame(Opcode.BINARY, false, 0, 2, Bytes.hex("00ff"))),
        new Event.Received(3_000_000, new Frame(Opcode.TEXT, true, 4, 9, Bytes.hex("f248"))),
        new Event.Received(4_000_000, Reports.frame(Opcode.PING, "")));
  }

  private static JsonNode entry(Timeline timeline) {
    String text = Har.text(List.of(Reports.connected("alice", timeline)));
    return new JsonMapper().readTree(text).path("log").path("entries").path(0);
  }

  @Test
  void aWholeConnectionIsAnEntry() {
    JsonNode entry = entry(TranscriptTest.wholeRun());
    assertThat(entry.path("request").path("url").asString()).isEqualTo("wss://localhost:8443/echo");
    assertThat(entry.path("response").path("status").asInt()).isEqualTo(101);
    assertThat(entry.path("serverIPAddress").asString()).isEqualTo("127.0.0.1");
    assertThat(entry.path("comment").asString()).isEqualTo("alice");
    JsonNode timings = entry.path("timings");
    assertThat(timings.path("dns").asDouble()).isEqualTo(0.4);
    assertThat(timings.path("ssl").asDouble()).isEqualTo(8.49);
    assertThat(timings.path("connect").asDouble()).isEqualTo(0.09 + 8.49);
    double sum = 0;
    for (String part : List.of("dns", "connect", "send", "wait", "receive")) {
      sum += timings.path(part).asDouble();
    }
    assertThat(entry.path("time").asDouble()).isEqualTo(sum).isEqualTo(10.7);
    JsonNode hello = entry.path("_webSocketMessages").path(0);
    assertThat(hello.path("type").asString()).isEqualTo("send");
    assertThat(hello.path("opcode").asInt()).isEqualTo(1);
    assertThat(hello.path("data").asString()).isEqualTo("Hello");
    assertThat(entry.path("_webSocketMessages").path(3).path("data").asString()).isEqualTo("A+g=");
    assertThat(entry.toString()).doesNotContain("s3cret");
  }

  @Test
  void timesAreSecondsOfTheEpoch() {
    Timeline timeline = frames();
    JsonNode messages = entry(timeline).path("_webSocketMessages");
    double start = timeline.startInstant().toEpochMilli() / 1e3;
    assertThat(messages.path(0).path("time").asDouble()).isBetween(start + 0.0009, start + 0.0022);
    double apart =
        messages.path(3).path("time").asDouble() - messages.path(0).path("time").asDouble();
    assertThat(apart).isBetween(0.002999, 0.003001);
  }

  @Test
  void whatIsCutCompressedOrBinarySaysSo() {
    JsonNode messages = entry(frames()).path("_webSocketMessages");
    assertThat(messages.path(0).path("data").asString()).isEqualTo("é".repeat(62) + "…");
    assertThat(messages.path(0).path("_whole").asBoolean()).isFalse();
    assertThat(messages.path(1).path("data").asString()).isEqualTo("AP8=");
    assertThat(messages.path(1).path("_fin").asBoolean()).isFalse();
    assertThat(messages.path(2).path("data").asString())
        .isEqualTo("[compressed, 9 bytes on the wire]");
  }

  @Test
  void aRefusalHasItsAnswer() {
    JsonNode response = entry(refused()).path("response");
    assertThat(response.path("status").asInt()).isEqualTo(401);
    assertThat(response.path("content").path("text").asString()).isEqualTo("nein");
    assertThat(response.path("_error").asString()).contains("http_status");
  }

  /** By the schema that the HAR tools of Node.js use. */
  @Test
  void keepsToTheSchemaOfHar() throws IOException, InterruptedException {
    if (Files.notExists(NODE.resolve("node_modules/har-validator/package.json"))) {
      assertThat(System.getenv("CI")).as("CI must run npm ci first").isNotEqualTo("true");
      assumeThat(false).as("run npm ci --prefix src/test/node").isTrue();
    }
    String good =
        Har.text(
            List.of(
                Reports.connected("whole", TranscriptTest.wholeRun()),
                Reports.connected("refused", refused()),
                Reports.connected("frames", frames()),
                Reports.connected("nothing", Timeline.empty())));
    assertThat(validate(good)).isEmpty();
    assertThat(validate(good.replace("\"startedDateTime\"", "\"began\"")))
        .contains("startedDateTime");
  }

  private String validate(String har) throws IOException, InterruptedException {
    Path file = Files.writeString(directory.resolve("x.har"), har);
    Process node =
        new ProcessBuilder("node", NODE.resolve("har.mjs").toString(), file.toString())
            .redirectErrorStream(true)
            .start();
    try {
      String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(node.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return said;
    } finally {
      node.destroyForcibly();
    }
  }
}
