package dev.echosounder.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectFile;

import dev.echosounder.peer.Peer;
import dev.echosounder.scenario.DefaultTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Cucumber's parallel execution: scenarios on different threads share nothing they can notice. */
final class ParallelTest {
  private static final int THREADS = 6;
  private static final int SCENARIOS = 36;

  @TempDir private Path directory;

  /** Every third scenario fails, each in its own way; all hold their connection for a while. */
  private Path feature() throws IOException {
    StringBuilder text = new StringBuilder("Feature: parallel\n");
    for (int i = 0; i < SCENARIOS; i++) {
      String expected = i % 3 == 0 ? "nothing of the kind " : "message ";
      text.append("\n  Scenario: number %d\n    Given I connect\n".formatted(i));
      text.append("    When I send \"message %d\"\n".formatted(i));
      text.append("    And I receive the echo\n    And I receive nothing for 30 ms\n");
      text.append("    When I send \"message %d\"\n".formatted(i));
      text.append("    Then I receive \"%s%d\" within 2s\n".formatted(expected, i));
    }
    return Files.writeString(directory.resolve("parallel.feature"), text);
  }

  @Test
  void scenariosOnManyThreadsAreAlone() throws IOException {
    Outcomes outcomes;
    try (Peer peer = Peer.start()) {
      DefaultTarget.Binding everywhere = DefaultTarget.bindEverywhere(peer.uri("/echo"));
      try (everywhere) {
        outcomes = run(feature());
      }
      assertThat(peer.ledger().upgrades()).isEqualTo(SCENARIOS);
    }
    assertThat(outcomes.threads).hasSizeGreaterThanOrEqualTo(4);
    assertThat(outcomes.failures).hasSize(SCENARIOS);
    outcomes.failures.forEach(
        (name, failure) -> {
          String number = name.replace("number ", "");
          if (Integer.parseInt(number) % 3 == 0) {
            assertThat(failure)
                .contains("seen:         the text \"message " + number + "\"")
                .containsPattern("→ text, .*message " + number + "\"");
            assertThat(failure.split("101 upgraded", -1)).hasSize(2);
          } else {
            assertThat(failure).isEmpty();
          }
        });
  }

  @Test
  void targetThatWasBoundToAnotherThreadIsAnError() throws IOException {
    try (Peer peer = Peer.start()) {
      DefaultTarget.Binding here = DefaultTarget.bind(peer.uri("/echo"));
      try (here) {
        assertThat(run(feature()).failures.values())
            .hasSize(SCENARIOS)
            .allSatisfy(f -> assertThat(f).contains("use bindEverywhere"));
      }
      assertThat(peer.ledger().upgrades()).isZero();
    }
  }

  private static Outcomes run(Path feature) {
    Outcomes outcomes = new Outcomes();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectFile(feature.toFile()))
                .filters(EngineFilter.includeEngines("cucumber"))
                .configurationParameter("cucumber.glue", "dev.echosounder.scenario")
                .configurationParameter("cucumber.junit-platform.naming-strategy", "short")
                .configurationParameter("cucumber.execution.parallel.enabled", "true")
                .configurationParameter("cucumber.execution.parallel.config.strategy", "fixed")
                .configurationParameter(
                    "cucumber.execution.parallel.config.fixed.parallelism",
                    Integer.toString(THREADS))
                .build(),
            outcomes);
    return outcomes;
  }

  private static final class Outcomes implements TestExecutionListener {
    private final Map<String, String> failures = new ConcurrentHashMap<>();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      if (test.isTest()) {
        threads.add(Thread.currentThread());
        failures.put(
            test.getDisplayName(), result.getThrowable().map(Throwable::getMessage).orElse(""));
      }
    }
  }
}
