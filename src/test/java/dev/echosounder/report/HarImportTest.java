package dev.echosounder.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.web.Browser;
import dev.echosounder.ws.Bytes;
import dev.echosounder.ws.Event;
import dev.echosounder.ws.Frame;
import dev.echosounder.ws.Opcode;
import dev.echosounder.ws.Timelines;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An HTTP Archive of ours, read by the importer of Chromium's own developer tools. */
@Tag("surroundings")
final class HarImportTest {
  /** What the Network panel does with a file, short of drawing it. */
  private static final String IMPORT =
      """
      (async () => {
        const har = await import('./models/har/har.js');
        const root = new har.HARFormat.HARRoot(%s);
        return har.Importer.Importer.requestsFromHARLog(root.log).map(r => ({
          url: r.url(), type: r.resourceType().name(), status: r.statusCode,
          frames: r.frames().map(f => [f.type, f.opCode, f.text].join(' '))}));
      })()
      """;

  @TempDir private Path profile;

  @Test
  void developerToolsReadTheFrames() throws Exception {
    Frame binary = new Frame(Opcode.BINARY, true, 0, 2, Bytes.hex("00ff"));
    String text =
        Har.text(
            List.of(
                Reports.connected("alice", TranscriptTest.wholeRun()),
                Reports.connected(
                    "bob",
                    Timelines.of(
                        new Event.Upgraded(1, 101, List.of(), null, List.of()),
                        new Event.Received(2, binary)))));
    JsonNode requests;
    try (Browser browser = Browser.start(profile)) {
      browser.open("devtools://devtools/bundled/devtools_app.html", 1280, 800, false);
      JsonNode answer =
          browser.call(
              "Runtime.evaluate",
              Browser.with()
                  .put("expression", IMPORT.formatted(text))
                  .put("awaitPromise", true)
                  .put("returnByValue", true));
      assertThat(answer.has("exceptionDetails")).as(answer.toString()).isFalse();
      requests = answer.path("result").path("value");
    }
    String expected =
        """
        [{"url":"wss://localhost:8443/echo","type":"websocket","status":101,
          "frames":["send 1 Hello","receive 1 Hello","send 8 A+g=","receive 8 A+g="]},
         {"url":"wss://localhost:8443/echo","type":"websocket","status":101,
          "frames":["receive 2 AP8="]}]
        """;
    assertThat(requests).isEqualTo(new JsonMapper().readTree(expected));
  }
}
