package dev.echosounder.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.check.Outcome;
import dev.echosounder.check.Timer;
import dev.echosounder.scenario.FeatureRun;
import dev.echosounder.scenario.ScenarioCheck;
import dev.echosounder.servers.EchoServer;
import dev.echosounder.servers.NodeServer;
import dev.echosounder.ws.Client;
import dev.echosounder.ws.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What all subprotocols share, shown by JSON-RPC: failures in words, and runs in the daemon. */
final class SubprotocolsIT {
  private static final Path FEATURE = Path.of("features/subprotocols/jsonrpc.feature");
  private static EchoServer server;

  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    server = NodeServer.start("jsonrpc", "jsonrpc.mjs", "/").orSkip();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  /** Steps are separated by a semicolon; each but the first follows "I connect". */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "I call `sum` with '[1, 2]';I receive the result '4'"
            + " | seen:         the result 3 of call 1"
            + " | nearest miss: $: expected 4, got 3",
        "I call `user` with '{`id`: 7}';I receive the result '{`name`: `bob`}'"
            + " | expected:     the result {`name`: `bob`} of call 1, `user`"
            + " | nearest miss: $.name: expected `bob`, got `ann`",
        "I call `nosuch`;I receive the result '3'"
            + " | expected:     the result 3 of call 1, `nosuch`"
            + " | seen:         the error -32601 (method not found) `Method not found` of call 1",
        "I call `withdraw`;I receive the error -32602"
            + " | expected:     the error -32602 (invalid params) of call 1, `withdraw`"
            + " | seen:         the error 1001 (application error) `insufficient funds` of call 1 with",
        "every wait ends after 100 ms;I call `later` with '[300]';I receive the result '1'"
            + " | expected:     the result 1 of call 1, `later` within 100 ms"
            + " | nearest miss: it came, but ",
        "I call `later` with '[100]';I receive a result within 50 ms"
            + " | expected:     a result of call 1, `later` within 50 ms"
            + " | ms too late",
        "I call `stray`;I receive the result '`sent`'"
            + " | seen:         the peer broke JSON-RPC 2.0: an answer to call 4711, which is none"
            + " | nearest miss: it sent the text",
        "I call `watch` with '[1]';I receive the result '`watching`'"
            + " | no message left unread (`further messages don't matter` opts out)"
            + " | seen:         1 left, the first is the notification `tick` with the parameters",
        "I notify `sum` with '[1]';I receive no answer for 50 ms;I receive the result '1'"
            + " | there is no call whose answer could come: say I call"
            + " | first",
        "I call `ping`;I open an MQTT 5 session as `x`"
            + " | I speaks JSON-RPC 2.0 on this connection already"
            + " | already",
      })
  void failuresSayWhatWasExpectedAndSeen(String steps, String expected, String seen)
      throws IOException {
    String said = run(feature(steps), 1);
    assertThat(said).contains(expected.replace('`', '"')).contains(seen.replace('`', '"'));
  }

  private Path feature(String steps) throws IOException {
    String body = "* I connect\n* " + steps.replace('`', '"').replace(";", "\n* ");
    return Files.writeString(
        directory.resolve("a.feature"), "Feature: f\n  Scenario: s\n" + body.indent(4));
  }

  private static String run(Path feature, int failed) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    FeatureRun.Result result =
        FeatureRun.run(FeatureRun.Request.of(List.of(feature), out).at(server.uri()));
    String all = said.toString(StandardCharsets.UTF_8);
    assertThat(result.problems()).isEmpty();
    assertThat(result.failed()).as(all).isEqualTo(failed);
    return all;
  }

  @Test
  void aRunWithoutATargetLeavesSubprotocolsOut() {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    FeatureRun.Result result = FeatureRun.run(FeatureRun.Request.of(List.of(FEATURE), out));
    assertThat(result.problems()).containsExactly("no scenario was found, or the tags leave none");
  }

  /** Call ids, unread messages and what is unanswered belong to a run: each begins with id 1. */
  @Test
  void theDaemonRunsAScenarioAgainAndAgainEachFromTheBeginning() throws Exception {
    Path once = feature("I call `nosuch`;I receive the result '1'");
    ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    try (Client client = Client.create()) {
      Timer timer = Timer.of(scheduler);
      ScenarioCheck good =
          ScenarioCheck.of(FEATURE, Files.readString(FEATURE), "a call is answered", null);
      ScenarioCheck bad = ScenarioCheck.of(once, Files.readString(once), null, null);
      for (int i = 0; i < 20; i++) {
        assertThat(outcome(good, client, timer)).isInstanceOf(Outcome.Passed.class);
        assertThat(outcome(bad, client, timer))
            .isInstanceOfSatisfying(
                Outcome.Failed.class,
                failed ->
                    assertThat(failed.detail())
                        .contains("expected: the result 1 of call 1, \"nosuch\"")
                        .contains("seen: the error -32601 (method not found)"));
      }
    } finally {
      scheduler.shutdownNow();
    }
  }

  private static Outcome outcome(ScenarioCheck check, Client client, Timer timer) throws Exception {
    return check
        .run(client, Target.of(server.uri()), Duration.ofSeconds(10), timer)
        .get(15, TimeUnit.SECONDS);
  }
}
