package dev.echosounder.scenario;

import dev.echosounder.check.Check;
import dev.echosounder.check.Outcome;
import dev.echosounder.check.Timer;
import dev.echosounder.ws.Client;
import dev.echosounder.ws.Target;
import io.cucumber.plugin.event.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A scenario as a check: the same file that a build runs, against the check's own target. Immutable
 * and thread-safe. Runs go on threads of their own, a limited number for all scenarios together,
 * since steps block.
 */
public final class ScenarioCheck implements Check {
  /** Tags of scenarios that need what only a test run has. */
  private static final String NEEDS_PEER = "@peer";

  private final Path file;
  private final String source;
  private final ScenarioRunner.Parsed scenario;

  private ScenarioCheck(Path file, String source, ScenarioRunner.Parsed scenario) {
    this.file = file;
    this.source = source;
    this.scenario = scenario;
  }

  /**
   * Parses and looks through a feature's scenario.
   *
   * @param source what the file says
   * @param name of the scenario; null if the file has only one
   * @param row of an outline's examples, from 1; null if it has only one
   * @throws IllegalArgumentException if it can't be run, says why: it is no feature, there is no
   *     such scenario, a step is not defined
   */
  public static ScenarioCheck of(
      Path file, String source, @Nullable String name, @Nullable Integer row) {
    ScenarioRunner.Parsed scenario = row(named(ScenarioRunner.parse(file, source), name), row);
    if (scenario.tags().contains(NEEDS_PEER)) {
      throw new IllegalArgumentException(
          "the scenario is tagged @peer: it needs the peer that a test run starts");
    }
    List<String> undefined = new ArrayList<>();
    ScenarioRunner.Watcher watcher =
        new ScenarioRunner.Watcher() {
          private String step = "";

          @Override
          public void begins(String text, int line) {
            step = "line %d: \"%s\"".formatted(line, text);
          }

          @Override
          public void failed(Status status, @Nullable Throwable error) {
            undefined.add(step);
          }
        };
    ScenarioRunner.dry().run(scenario, watcher);
    if (!undefined.isEmpty()) {
      throw new IllegalArgumentException(
          "no such step in "
              + String.join(", ", undefined)
              + "; \"echosounder steps\" lists what there is");
    }
    return new ScenarioCheck(file, source, scenario);
  }

  private static List<ScenarioRunner.Parsed> named(
      List<ScenarioRunner.Parsed> all, @Nullable String name) {
    List<String> names = all.stream().map(ScenarioRunner.Parsed::name).distinct().toList();
    if (all.isEmpty()) {
      throw new IllegalArgumentException("there is no scenario in the file");
    }
    if (name == null && names.size() > 1) {
      throw new IllegalArgumentException(
          "the file has more than one scenario: name one of " + in(names));
    }
    List<ScenarioRunner.Parsed> found =
        name == null ? all : all.stream().filter(s -> s.name().equals(name)).toList();
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no scenario \"" + name + "\", only " + in(names));
    }
    return found;
  }

  private static String in(List<String> names) {
    return names.stream().map(n -> '"' + n + '"').limit(20).collect(Collectors.joining(", "));
  }

  private static ScenarioRunner.Parsed row(
      List<ScenarioRunner.Parsed> rows, @Nullable Integer row) {
    if (row == null && rows.size() > 1) {
      throw new IllegalArgumentException(
          "the outline has %d rows, and each is a check of its own: say row: 1 to %d"
              .formatted(rows.size(), rows.size()));
    }
    if (row != null && (row < 1 || row > rows.size())) {
      throw new IllegalArgumentException("expected a row from 1 to " + rows.size());
    }
    return rows.get(row == null ? 0 : row - 1);
  }

  @Override
  public String kind() {
    return "scenario";
  }

  @Override
  public CompletableFuture<Outcome> run(
      Client client, Target target, Duration deadline, Timer timer) {
    return new ScenarioRun(file, scenario, client, target, deadline, timer).start();
  }

  /** By what the file said: a reload of an unchanged one changes nothing. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ScenarioCheck that
        && file.equals(that.file)
        && source.equals(that.source)
        && scenario.name().equals(that.scenario.name())
        && scenario.line() == that.scenario.line();
  }

  @Override
  public int hashCode() {
    return file.hashCode() * 31 + scenario.line();
  }

  @Override
  public String toString() {
    return "ScenarioCheck[%s:%d]".formatted(file.getFileName(), scenario.line());
  }
}
