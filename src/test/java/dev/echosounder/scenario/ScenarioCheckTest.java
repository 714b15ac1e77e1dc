package dev.echosounder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echosounder.check.Outcome;
import dev.echosounder.check.Stage;
import dev.echosounder.check.Timer;
import dev.echosounder.peer.Peer;
import dev.echosounder.ws.Client;
import dev.echosounder.ws.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scenarios as checks, on kept runners, against the scriptable peer. */
final class ScenarioCheckTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Path ECHO = Path.of("features/core/echo.feature");
  private static final String HELLO = "send Hello and receive echo";

  @TempDir private Path directory;
  private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
  private final Timer timer = Timer.of(scheduler);
  private final Client client = Client.create();
  private final Peer peer = Peer.start();

  @AfterEach
  void close() {
    client.close();
    peer.close();
    scheduler.shutdownNow();
  }

  private static ScenarioCheck check(Path file, @Nullable String name, @Nullable Integer row)
      throws IOException {
    return ScenarioCheck.of(file, Files.readString(file), name, row);
  }

  private Path feature(String steps) throws IOException {
    return Files.writeString(
        directory.resolve("a.feature"), "Feature: a\n  Scenario: one\n" + steps.indent(4));
  }

  private Outcome run(ScenarioCheck check, Target target, Duration deadline) throws Exception {
    return check.run(client, target, deadline, timer).get(30, TimeUnit.SECONDS);
  }

  private Target target(String path) {
    return Target.of(peer.uri(path));
  }

  private static Outcome.Failed failed(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    Outcome.Failed failed = (Outcome.Failed) outcome;
    assertThat(Outcome.causes()).contains(failed.cause());
    assertThat(failed.stage()).isEqualTo(Stage.SCENARIO);
    return failed;
  }

  @Test
  void aFeatureOfTheBuildPassesAgainAndAgainWithItsTimeline() throws Exception {
    ScenarioCheck check = check(ECHO, HELLO, null);
    for (int i = 0; i < 50; i++) {
      Outcome outcome = run(check, target("/echo"), LONG);
      assertThat(outcome).isInstanceOf(Outcome.Passed.class);
      assertThat(((Outcome.Passed) outcome).evidence().phases()).isNotEmpty();
    }
    assertThat(peer.ledger().messagesOut()).isEqualTo(50);
    noneIsLeftOpen();
  }

  @Test
  void aBrokenServerTurnsBuildAndCheckRedWithTheSameWords() throws Exception {
    String broken = "/echo?prefix=no";
    Outcome.Failed failed = failed(run(check(ECHO, HELLO, null), target(broken), LONG));
    assertThat(failed.cause()).isEqualTo("unmet_expectation");
    assertThat(failed.detail()).startsWith("echo.feature:7: Then I receive \"Hello\": expected: ");
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    FeatureRun.Result result =
        FeatureRun.run(
            FeatureRun.Request.of(
                    List.of(Path.of(ECHO + ":4")),
                    new PrintStream(told, true, StandardCharsets.UTF_8))
                .at(peer.uri(broken)));
    assertThat(result.failed()).isEqualTo(1);
    String words = told.toString(StandardCharsets.UTF_8).replaceAll(": {2,}", ": ");
    for (String part : List.of(failed.detail().substring(48).split("; ", -1))) {
      assertThat(words).contains(part.strip());
    }
  }

  @Test
  void theTargetsCredentialsGoToItsServerOnly() throws Exception {
    Path secured = feature("Given the endpoint \"/auth/bearer?token=s7\"\nWhen I connect");
    Target target = target("/echo").withBearer("s7");
    assertThat(run(check(secured, null, null), target, LONG)).isInstanceOf(Outcome.Passed.class);
    Outcome.Failed failed = failed(run(check(secured, null, null), target("/echo"), LONG));
    assertThat(failed.cause()).isEqualTo("http_status");
    try (Peer other = Peer.start()) {
      String url = other.uri("/auth/bearer?token=s7").toString();
      Path elsewhere = feature("Given the endpoint \"" + url + "\"\nWhen I connect");
      assertThat(failed(run(check(elsewhere, null, null), target, LONG)).cause())
          .isEqualTo("http_status");
    }
  }

  @Test
  void aStepThatHangsEndsWithTheDeadlineAndTheThreadGoesOn() throws Exception {
    Path hangs = feature("Given I connect\nThen I receive nothing for 60 s");
    Outcome.Failed failed =
        failed(run(check(hangs, null, null), target("/silent"), Duration.ofSeconds(3)));
    assertThat(failed.cause()).isEqualTo("timeout");
    assertThat(failed.detail())
        .startsWith("a.feature:4: Then I receive nothing for 60 s did not end within 3");
    for (int i = 0; i < 40; i++) {
      assertThat(run(check(ECHO, HELLO, null), target("/echo"), LONG))
          .isInstanceOf(Outcome.Passed.class);
    }
    noneIsLeftOpen();
  }

  /** The peer learns of a connection's end after the client does. */
  private void noneIsLeftOpen() {
    long end = System.nanoTime() + LONG.toNanos();
    while (peer.ledger().open() > 0 && System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
    assertThat(peer.ledger().open()).as("connections left open").isZero();
  }

  @Test
  void runsInParallelKeepTheirWorldsApart() throws Exception {
    ScenarioCheck check = check(ECHO, HELLO, null);
    List<CompletableFuture<Outcome>> good = new ArrayList<>();
    List<CompletableFuture<Outcome>> bad = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      good.add(check.run(client, target("/echo"), LONG, timer));
      bad.add(check.run(client, target("/echo?prefix=no"), LONG, timer));
    }
    for (CompletableFuture<Outcome> one : good) {
      assertThat(one.get(30, TimeUnit.SECONDS)).isInstanceOf(Outcome.Passed.class);
    }
    for (CompletableFuture<Outcome> one : bad) {
      failed(one.get(30, TimeUnit.SECONDS));
    }
  }

  @Test
  void withoutAThreadInTimeARunIsSkippedAndNobodysFailure() throws Exception {
    Path slow = feature("Given I connect\nThen I receive nothing for 2 s");
    ScenarioCheck check = check(slow, null, null);
    List<CompletableFuture<Outcome>> holders = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      holders.add(check.run(client, target("/silent"), LONG, timer));
    }
    assertThat(run(check(ECHO, HELLO, null), target("/echo"), Duration.ofMillis(500)))
        .isInstanceOf(Outcome.Skipped.class);
    for (CompletableFuture<Outcome> holder : holders) {
      assertThat(holder.get(30, TimeUnit.SECONDS)).isInstanceOf(Outcome.Passed.class);
    }
  }

  @Test
  void aMessageThatNobodyExpectsFailsAtTheEnd() throws Exception {
    Path careless = feature("Given I connect\nWhen I send \"a\"");
    Outcome.Failed failed = failed(run(check(careless, null, null), target("/echo"), LONG));
    assertThat(failed.detail())
        .startsWith("a.feature:2: at the scenario's end: expected: no message");
  }

  @Test
  void aRefusedConnectionIsTheCause() throws Exception {
    Outcome.Failed failed = failed(run(check(ECHO, HELLO, null), target("/refuse/503"), LONG));
    assertThat(failed.cause()).isEqualTo("http_status");
    assertThat(failed.detail()).contains("503");
  }

  @Test
  void eachRowIsACheckOfItsOwn() throws Exception {
    String outline =
        """
        Feature: a
          Scenario Outline: echo
            Given I connect
            When I send "<text>"
            Then I receive "b"

            Examples:
              | text |
              | a    |
              | b    |
        """;
    Path file = Files.writeString(directory.resolve("o.feature"), outline);
    assertThat(run(check(file, "echo", 2), target("/echo"), LONG))
        .isInstanceOf(Outcome.Passed.class);
    failed(run(check(file, "echo", 1), target("/echo"), LONG));
    assertThatThrownBy(() -> check(file, "echo", null))
        .hasMessage("the outline has 2 rows, and each is a check of its own: say row: 1 to 2");
    assertThatThrownBy(() -> check(file, "echo", 3)).hasMessage("expected a row from 1 to 2");
    assertThat(check(file, "echo", 1))
        .isEqualTo(check(file, "echo", 1))
        .isNotEqualTo(check(file, "echo", 2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Feature: a                                        | there is no scenario in the file",
        "Feature: a\\n Scenario: x\\n Given I fly           | no such step in line 3: \"Given I fly\"",
        "Feature: a\\n @peer\\n Scenario: x\\n Given I connect | the scenario is tagged @peer",
        "Feature: a\\n Scenario: x\\n Scenario: y           | more than one scenario: name one of",
        "Fature: a                                         | (1:1): expected:",
      })
  void whatCannotRunIsToldBefore(String text, String why) throws IOException {
    Path file = Files.writeString(directory.resolve("b.feature"), text.replace("\\n", "\n"));
    assertThatThrownBy(() -> check(file, null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Test
  void aNameThatIsNoneIsToldWithThoseThereAre() {
    assertThatThrownBy(() -> check(ECHO, "send Hallo", null))
        .hasMessageStartingWith("there is no scenario \"send Hallo\", only \"send Hello and");
  }
}
