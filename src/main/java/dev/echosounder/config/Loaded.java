package dev.echosounder.config;

import java.util.List;

/** What came of loading a configuration. */
public sealed interface Loaded {
  /** It can be used. */
  record Good(Config config) implements Loaded {}

  /**
   * It can't be used.
   *
   * @param problems all of them, in the order of the file; at least one
   */
  record Bad(List<Problem> problems) implements Loaded {
    public Bad {
      problems = List.copyOf(problems);
    }
  }
}
