package dev.echosounder.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.check.Evidence;
import dev.echosounder.check.Outcome;
import dev.echosounder.check.Stage;
import dev.echosounder.ws.Bytes;
import dev.echosounder.ws.ConnectFailure;
import dev.echosounder.ws.Event;
import dev.echosounder.ws.Frame;
import dev.echosounder.ws.Opcode;
import dev.echosounder.ws.Target;
import dev.echosounder.ws.Timeline;
import dev.echosounder.ws.Timelines;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class TimelineJsonTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Target TARGET =
      Target.of(URI.create("wss://me:pw@localhost:8443/echo?token=s3cret"));

  private static Evidence evidence(Timeline timeline) {
    return new Evidence(
        Duration.ofMillis(11), timeline.phases(), List.of(Duration.ofNanos(100_000)), timeline);
  }

  private static JsonNode passed() {
    Outcome outcome = new Outcome.Passed(evidence(TranscriptTest.wholeRun()));
    return JSON.readTree(TimelineJson.summary(TARGET, outcome));
  }

  private static JsonNode failed() {
    ConnectFailure failure =
        new ConnectFailure(
            ConnectFailure.Cause.HTTP_STATUS,
            "expected 101, got 401",
            new ConnectFailure.Response(401, List.of(), Bytes.utf8("nein é")));
    Timeline timeline = Timelines.of(new Event.Refused(5, failure));
    Outcome outcome =
        new Outcome.Failed(Stage.UPGRADE, "http_status", failure.detail(), evidence(timeline));
    return JSON.readTree(TimelineJson.summary(TARGET, outcome));
  }

  @Test
  void passedRunHasExactlyTheseFields() {
    JsonNode root = passed();
    assertThat(root.propertyNames())
        .containsExactly(
            "target",
            "result",
            "started",
            "seconds",
            "opened",
            "phases",
            "round_trips",
            "tls",
            "subprotocol",
            "extensions",
            "ending",
            "frames_no_longer_kept",
            "events");
    assertThat(root.get("target").asString())
        .isEqualTo("wss://<redacted>@localhost:8443/echo?token=<redacted>");
    assertThat(root.get("seconds").asDouble()).isEqualTo(0.011);
    assertThat(root.get("phases").get("tls").asDouble()).isEqualTo(0.00849);
    assertThat(root.get("ending").toString())
        .isEqualTo(
            "{\"cause\":\"closed_by_us\",\"code\":1000,\"reason\":\"\",\"clean\":true,"
                + "\"detail\":\"\"}");
    assertThat(root.toString()).doesNotContain("s3cret");
  }

  @Test
  void failedRunNamesStageCauseAndDetail() {
    JsonNode root = failed();
    assertThat(root.get("result").asString()).isEqualTo("failed");
    assertThat(root.get("stage").asString()).isEqualTo("upgrade");
    assertThat(root.get("cause").asString()).isEqualTo("http_status");
    assertThat(root.get("opened").asBoolean()).isFalse();
    assertThat(root.get("events").get(0).get("body").asString()).isEqualTo("nein é");
  }

  @Test
  void linesAreOneObjectEach() {
    List<JsonNode> lines =
        TimelineJson.lines(TranscriptTest.wholeRun()).lines().map(JSON::readTree).toList();
    assertThat(lines).hasSize(13);
    assertThat(lines.get(8).toString())
        .isEqualTo(
            "{\"seconds\":0.0103,\"event\":\"sent\",\"opcode\":\"text\",\"fin\":true,\"rsv\":0,"
                + "\"length\":5,\"text\":\"Hello\",\"whole\":true}");
    assertThat(lines.get(12).get("event").asString()).isEqualTo("ended");
  }

  @Test
  void linesOfSeveralConnectionsNameThem() {
    List<ScenarioRecord.Connected> two =
        List.of(
            Reports.connected("alice", TranscriptTest.wholeRun()),
            Reports.connected("bob", TranscriptTest.wholeRun()));
    List<JsonNode> lines = TimelineJson.lines(two).lines().map(JSON::readTree).toList();
    assertThat(lines).hasSize(26);
    assertThat(lines.get(0).get("connection").asString()).isEqualTo("alice");
    assertThat(lines.get(25).get("connection").asString()).isEqualTo("bob");
    assertThat(lines.get(25).get("event").asString()).isEqualTo("ended");
  }

  @Test
  void outputIsAsciiWhateverThePayload() {
    Frame frame = TranscriptTest.text("é\u202e");
    assertThat(TimelineJson.lines(Timelines.of(new Event.Sent(0, frame))))
        .matches("[\\x20-\\x7e\\n]*");
  }

  @Test
  void binaryIsBase64() {
    Frame frame = new Frame(Opcode.BINARY, true, 0, 2, Bytes.hex("00ff"));
    assertThat(TimelineJson.lines(Timelines.of(new Event.Received(0, frame))))
        .contains("\"base64\":\"AP8=\"");
  }

  @Test
  void whatIsSentBelowFramesIsToldAsSuch() {
    Event raw = new Event.SentRaw(0, Bytes.hex("8105"));
    assertThat(TimelineJson.lines(Timelines.of(raw, new Event.SentFin(0))))
        .contains("\"event\":\"sent_raw\",\"length\":2,\"base64\":\"gQU=\"")
        .contains("\"event\":\"sent_fin\"");
    assertThat(Transcript.text(Timelines.of(raw, new Event.SentFin(0))))
        .contains("raw 81 05", "→ ", "FIN");
  }

  @Test
  void documentationNamesEveryFieldAndNoOther() throws IOException {
    Set<String> used = new TreeSet<>();
    names(passed(), used);
    names(failed(), used);
    Set<String> alsoPossible =
        new TreeSet<>(
            Set.of("base64", "detail", "remote", "reason", "code", "text", "addresses", "local"));
    // Of a way that these two runs do not take; RouteEventsTest does.
    alsoPossible.addAll(Set.of("proxy", "server", "answer", "from", "to", "connection"));
    // WireDocsIT sees these in a real run.
    alsoPossible.addAll(
        Set.of("compression", "sent_plain", "sent_wire", "received_plain", "received_wire"));
    Set<String> documented = new TreeSet<>();
    String doc = Files.readString(Path.of("docs/json.md"));
    Pattern.compile("(?m)^\\| `([a-z_0-9]+)` \\|")
        .matcher(doc)
        .results()
        .forEach(m -> documented.add(m.group(1)));
    assertThat(documented).containsAll(used);
    documented.removeAll(used);
    assertThat(alsoPossible).containsAll(documented);
  }

  private static void names(JsonNode node, Set<String> into) {
    if (node.isObject()) {
      into.addAll(node.propertyNames());
    }
    node.values().forEach(child -> names(child, into));
  }
}
