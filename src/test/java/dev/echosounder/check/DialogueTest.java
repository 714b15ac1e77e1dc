package dev.echosounder.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.ws.Ending;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A dialogue's turns, against a scripted connection and time that stands still. */
final class DialogueTest {
  private final FakeTimer timer = new FakeTimer();
  private ScriptedLink link;
  private CompletableFuture<Outcome> outcome = new CompletableFuture<>();

  DialogueTest() {
    Run unused = new Run(new Handshake().script(), List.of(), Duration.ofMillis(300), timer);
    link = new ScriptedLink(timer, unused);
  }

  private void talk(Turn... turns) {
    Run run =
        new Run(new Dialogue(List.of(turns)).script(), List.of(), Duration.ofMillis(300), timer);
    link = new ScriptedLink(timer, run);
    ScriptedLink dialled = link;
    outcome = run.start(() -> dialled);
    link.opens();
  }

  private static Turn send(String text) {
    return new Turn.Send(new Template(text));
  }

  private static Turn expect(Turn.Reply reply) {
    return new Turn.Expect(reply, Map.of(), 0);
  }

  private static Turn.Reply text(String text) {
    return new Turn.Text(new Template(text));
  }

  private String detail() {
    assertThat(link.asked).last().isEqualTo("close 1000");
    link.closesCleanly();
    Outcome.Failed failed = (Outcome.Failed) outcome.join();
    assertThat(failed.cause()).isEqualTo("unexpected_message");
    assertThat(failed.stage()).isEqualTo(Stage.MESSAGE);
    return failed.detail();
  }

  @Test
  void turnsAreTakenInOrderAndAnswersMeasured() {
    talk(expect(text("welcome")), send("a"), send("b"), expect(text("A")), expect(text("B")));
    assertThat(link.asked).isEmpty();
    link.says("welcome");
    assertThat(link.asked).containsExactly("send text, 1 bytes \"a\"", "send text, 1 bytes \"b\"");
    timer.advance(Duration.ofMillis(4));
    link.says("A");
    link.says("B");
    assertThat(link.asked).last().isEqualTo("close 1000");
    link.closesCleanly();
    Outcome.Passed passed = (Outcome.Passed) outcome.join();
    assertThat(passed.evidence().roundTrips()).containsExactly(Duration.ofMillis(4));
  }

  @Test
  void whatIsCapturedIsUsedLater() {
    talk(
        send("{{uuid}}"),
        new Turn.Expect(
            new Turn.Always(new Expectation.Matching(Pattern.compile("token=(?<token>\\w+)"))),
            Map.of(),
            0),
        send("use {{token}} {{ }}"),
        new Turn.Expect(
            new Turn.Holding(new Template("{\"seen\": \"{{token}}\"}")),
            Map.of("id", Json.Path.of("$.session.id")),
            0),
        send("id {{id}}"),
        expect(
            new Turn.AtPaths(Map.of(Json.Path.of("$.again"), new Template("{{token}}-{{id}}")))));
    assertThat(link.asked.get(0)).matches("send text, 36 bytes \"[0-9a-f-]{36}\"");
    link.says("your token=s7 it is");
    assertThat(link.asked).last().isEqualTo("send text, 12 bytes \"use s7 {{ }}\"");
    link.says("{\"seen\": \"s7\", \"session\": {\"id\": 42}, \"more\": []}");
    assertThat(link.asked).last().isEqualTo("send text, 5 bytes \"id 42\"");
    link.says("{\"again\": \"s7-42\"}");
    assertThat(link.asked).last().isEqualTo("close 1000");
  }

  @Test
  void anotherMessageNamesStepExpectedAndSeen() {
    talk(send("a"), expect(text("A")));
    link.says("x");
    assertThat(detail()).isEqualTo("step 2: expected text, 1 bytes \"A\", got text, 1 bytes \"x\"");
  }

  @Test
  void othersAreSkippedAsFarAsAllowed() {
    talk(new Turn.Expect(text("A"), Map.of(), 2), expect(text("B")));
    link.says("1");
    link.says("2");
    link.says("A");
    link.says("3");
    assertThat(detail()).startsWith("step 2: expected text, 1 bytes \"B\", got");
  }

  @Test
  void silenceNamesTheStepAndWhatWasSkipped() {
    talk(new Turn.Expect(text("A"), Map.of(), 2));
    link.says("1");
    timer.advance(Duration.ofMillis(301));
    link.ends(Ending.Cause.LIVENESS_TIMEOUT, 1006, false);
    Outcome.Failed failed = (Outcome.Failed) outcome.join();
    assertThat(failed.cause()).isEqualTo("timeout");
    assertThat(failed.detail())
        .startsWith("the message of step 1, text, 1 bytes \"A\" (skipped 1; the last: expected")
        .endsWith("did not come within 300 ms");
  }

  @Test
  void aMissingCaptureFails() {
    Turn.Reply any = new Turn.Always(new Expectation.Matching(Pattern.compile("")));
    talk(new Turn.Expect(any, Map.of("id", Json.Path.of("$.id")), 0), send("{{id}}"));
    link.says("{\"ID\": 1}");
    assertThat(detail()).startsWith("step 1: nothing to capture as id at $['id'] in text, 9 bytes");
  }

  @Test
  void jsonDifferencesNameTheirPlace() {
    talk(expect(new Turn.Holding(new Template("{\"a\": {\"b\": [1, 2.0]}}"))));
    link.says("{\"a\": {\"b\": [1.0, 3]}}");
    assertThat(detail()).startsWith("step 1: $.a.b[1]: expected 2.0, got 3 in text, 22 bytes");
  }

  @Test
  void pathDifferencesNameTheirPlace() {
    talk(expect(new Turn.AtPaths(Map.of(Json.Path.of("$.a"), new Template("x")))));
    link.says("{\"a\": \"y\"}");
    assertThat(detail()).startsWith("step 1: $['a']: expected \"x\", got \"y\" in text, 10 bytes");
  }

  @Test
  void anUnluckyPatternEnds() {
    Pattern unlucky = Pattern.compile("^(a|aa|a?)+$");
    talk(expect(new Turn.Always(new Expectation.Matching(unlucky))));
    link.says("a".repeat(60) + "b");
    assertThat(detail()).startsWith("step 1: expected text matching /^(a|aa|a?)+$/, got text");
  }

  private static Turn words(String words) {
    return expect(new Turn.Words(words, Clock.systemUTC()));
  }

  @Test
  void wordsOfScenariosTakeWhatIsCaptured() {
    Turn.Reply session =
        new Turn.Always(new Expectation.Matching(Pattern.compile("session (?<id>.*)")));
    talk(expect(session), words("a message where \"$.id\" is \"{{id}}\" and \"$.n\" exists"));
    link.says("session a\"b");
    link.says("{\"id\": \"a\\\"b\"}");
    assertThat(detail()).startsWith("step 2: $.n: expected a value, got nothing in text, 14 bytes");
  }

  @Test
  void aCaptureThatMakesNoSenseFailsTheRun() {
    Turn.Reply session =
        new Turn.Always(new Expectation.Matching(Pattern.compile("session (?<id>.*)")));
    talk(expect(session), words("a message where \"$.id\" is {{id}}"));
    link.says("session x");
    link.says("{\"id\": \"x\"}");
    assertThat(detail()).startsWith("step 2: expected with what was captured: expected JSON such");
  }
}
