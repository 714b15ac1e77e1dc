package dev.echosounder.check;

import dev.echosounder.ws.ConnectFailure;
import dev.echosounder.ws.Ending;
import java.util.SortedSet;
import java.util.TreeSet;

/** How one run came out. */
public sealed interface Outcome {
  /** Everything that was expected was seen. */
  record Passed(Evidence evidence) implements Outcome {}

  /**
   * Something expected was not seen.
   *
   * @param stage where the run stood
   * @param cause one of {@link #causes()}
   * @param detail what was expected and what was seen, for a person
   */
  record Failed(Stage stage, String cause, String detail, Evidence evidence) implements Outcome {}

  /**
   * Not run at all.
   *
   * @param reason for a person
   */
  record Skipped(String reason) implements Outcome {}

  /**
   * Every cause a failure can have, so that each can be counted from zero: those of {@link
   * ConnectFailure.Cause}, {@link Ending.Cause} and {@link Fault}.
   */
  static SortedSet<String> causes() {
    SortedSet<String> all = new TreeSet<>();
    for (ConnectFailure.Cause cause : ConnectFailure.Cause.values()) {
      all.add(cause.label());
    }
    for (Ending.Cause cause : Ending.Cause.values()) {
      all.add(cause.label());
    }
    for (Fault fault : Fault.values()) {
      all.add(fault.label());
    }
    return all;
  }
}
