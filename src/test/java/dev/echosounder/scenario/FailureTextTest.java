package dev.echosounder.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scenarios that fail on purpose: what a person then reads. */
final class FailureTextTest {
  private static final Path FAILING = Path.of("src/test/resources/failing");

  /** By feature: each is run once, however much is expected of it. */
  private static final Map<String, Told> TOLD = new HashMap<>();

  private record Told(FeatureRun.Result result, String said) {}

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          wrong-text | expected:     the text "Hallo"
          wrong-text | seen:         the text "Hello"
          wrong-text | nearest miss: "Hello" differs from character 2 on: expected "a", seen "e"
          wrong-text | timeline of I to ws://127.0.0.1:
          wrong-text | Then I receive "Hallo"
          wrong-type | nearest miss: the same content came as text, not binary
          wrong-order | nearest miss: it came as message 2 of 2; "eventually" skips what comes before
          too-late   | expected:     the text "Hello" within 100 ms
          too-late   | seen:         nothing; the connection is still open
          too-late   | ms too late
          slow-echo  | expected:     the echo within 100 ms
          slow-echo  | ms too late
          left-over  | at the scenario's end
          left-over  | no message left unread ("further messages don't matter" opts out)
          left-over  | seen:         1 left, the first is the text "Hello"
          drop       | no drop: the scenario says nothing of one ("drops don't matter" opts out)
          drop       | seen:         the connection ended: eof (1006 abnormal closure)
          drop       | nearest miss: say "the connection ends with eof"
          no-open    | seen:         no connection: http_status:
          no-open    | see its status and body
          unnoticed  | nearest miss: say "the connection fails with http_status"
          wrong-code | seen:         peer_application (4001) "bye"
          wrong-code | nearest miss: the peer closed it, with another code
          too-many   | expected:     exactly 2 messages within 500 ms
          too-many   | seen:         3 messages the text "tick", the text "tick", the text "tick"
          silence    | expected:     no message for 1 s
          frames     | expected:     to have sent the frames [text, FIN, 4]
          frames     | seen:         [text, FIN, 5]
          stranger   | bob has not connected: say "bob connects" first
          nothing    | an empty text is sent only when asked for
          kept-untold | no drop that no step tells of ("drops don't matter" opts out)
          kept-untold | seen:         reset (1006 abnormal closure)
          kept-wrong | expected:     a drop by eof
          kept-wrong | seen:         peer_error (1012 service restart)
          kept-wrong | ← close 1012 service restart
          kept-alive | expected:     a drop by reset within 200 ms
          kept-alive | seen:         opened 1 times, 0 heartbeats answered, drops: none
          kept-late  | expected:     a connection that is back within 100 ms
          kept-late  | last refusal: closed_early
          proxy-words | expected a fault such as "reset after frame 3 from the server"
          proxy-count | expected 1 connections ended by RESET
          idle-none  | expected:     silence that is cut by eof after 1 s to 2 s
          idle-none  | seen:         not cut within
          cookie     | expected:     the cookie seat=18
          cookie     | seen:         <redacted>
          no-cookie  | seen:         no such cookie; set are: []
          json-differs | expected:     the JSON {"c":"x","a":{"b":[1,2.0]}}
          json-differs | nearest miss: $.a.b[1]: expected 2.0, got 3 in text, 30 bytes
          json-differs | timeline of I to ws://127.0.0.1:
          json-nearest | nearest miss: $.id: expected 7, got 8 in text
          json-schema | nearest miss: $.id: string found, integer expected in text, 15 bytes
          json-path  | expected:     a message where "$.price" is within 0.01 of 3.5
          json-path  | seen:         the text "{"price": 3.6}"
          json-path  | $.price: expected 3.5 ± 0.01, got 3.6, which is off by 0.1 in text
          condition-words | expected JSON such as "ack" in quotes, 3, true or null, got around 3
          unknown-name | nothing is remembered as "ID", only as id, uuid; write \\{{ID}} for
          nothing-there | expected:     something to remember as id at $.id
          nothing-there | seen:         nothing there in the text "{"ID": 7}"
          doc-type   | a message is no "yaml"; it is one of text, json, hex, base64, regex, json-
          regex-hangs | seen:         the text "aaaa
          regex-hangs | but the pattern takes too many steps on this text
          not-every  | expected:     every message within 200 ms: a text matching /tick \\d/
          not-every  | seen:         message 2: the text "tock 2"
          too-few    | exactly 2 within 200 ms: a message where "$.type" is "tick"
          too-few    | seen:         1 the text "{"type": "tick", "n": 1}"; besides the text "{"type
          too-few    | nearest miss: $.type: expected "tick", got "tock" in text, 24 bytes
          one-came   | expected:     no message for 200 ms that is a text containing "error"
          one-came   | seen:         1 the text "an error occurred"; the connection is still open
          not-among  | expected:     the text "4 xx" among the next 3 messages, within 5 s
          not-among  | nearest miss: "1 xx" differs from character 1 on: expected "4", seen "1"
          wrong-set  | expected:     one of the JSON {"n":2}
          wrong-set  | nearest miss: $.n: expected 2, got 3 in text, 8 bytes
          """)
  void saysWhatWasExpectedAndSeen(String feature, String words) {
    Told told = TOLD.computeIfAbsent(feature, FailureTextTest::run);
    assertThat(told.said()).contains(words);
    assertThat(told.result().failed()).isEqualTo(1);
    assertThat(told.result().successful()).isFalse();
  }

  private static Told run(String feature) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    FeatureRun.Result result =
        FeatureRun.run(FeatureRun.Request.of(List.of(FAILING.resolve(feature + ".feature")), out));
    return new Told(result, said.toString(StandardCharsets.UTF_8));
  }
}
