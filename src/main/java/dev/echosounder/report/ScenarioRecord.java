package dev.echosounder.report;

import dev.echosounder.ws.Timeline;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * How one scenario went, for the reports. Not redacted: every report does that where it writes.
 *
 * @param file the feature file as a person names it: relative to where the run was started
 * @param line of the scenario, or of its row of examples, from 1
 * @param feature the feature's name
 * @param name the scenario's name; not unique
 * @param waiver why it may fail; empty unless its status is {@link Status#WAIVED}
 * @param startNanos when it began, on the clock that stamps the timelines
 * @param connections in the order in which they were opened; at most {@link #MOST_CONNECTIONS}
 * @param connectionsLeftOut how many more there were
 */
public record ScenarioRecord(
    String file,
    int line,
    String feature,
    String name,
    Status status,
    String waiver,
    Instant started,
    long startNanos,
    Duration took,
    List<Step> steps,
    List<Connected> connections,
    int connectionsLeftOut) {
  /** How many connections of a scenario are reported: a crowd would bury the others. */
  public static final int MOST_CONNECTIONS = 100;

  public ScenarioRecord {
    steps = List.copyOf(steps);
    connections = List.copyOf(connections);
  }

  /** How a step or a scenario came out. */
  public enum Status {
    PASSED,
    FAILED,
    /** Failed as it may: a scenario's, never a step's. Counts with the skipped ones. */
    WAIVED,
    SKIPPED;

    /** {@code passed}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One step.
   *
   * @param keyword with its blank, such as {@code "Given "}; empty for what happens around steps
   * @param line in the feature file; 0 if it has none
   * @param startNanos when it began, on the clock that stamps the timelines
   * @param error what went wrong; empty unless it failed
   */
  public record Step(
      String keyword,
      String text,
      int line,
      Status status,
      long startNanos,
      Duration took,
      String error) {}

  /**
   * One connection, or the attempt at one.
   *
   * @param who what the scenario calls it
   */
  public record Connected(String who, URI target, Timeline timeline) {}

  /** {@code features/chat.feature:12}. */
  public String place() {
    return file + ":" + line;
  }

  /** The error of the first step that failed, and where; empty if none did. */
  public String error() {
    return steps.stream()
        .filter(step -> step.status() == Status.FAILED)
        .map(step -> step.keyword() + step.text() + "\n" + step.error())
        .findFirst()
        .orElse("");
  }

  /** The first line of what the failed step says; empty if none failed. */
  public String headline() {
    return steps.stream()
        .filter(step -> step.status() == Status.FAILED)
        .flatMap(step -> step.error().lines().limit(1))
        .findFirst()
        .orElse("");
  }

  /** The line of the step that failed, or the scenario's. */
  public int errorLine() {
    return steps.stream()
        .filter(step -> step.status() == Status.FAILED && step.line() > 0)
        .mapToInt(Step::line)
        .findFirst()
        .orElse(line);
  }
}
