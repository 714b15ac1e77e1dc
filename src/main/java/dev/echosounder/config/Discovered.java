package dev.echosounder.config;

import java.util.List;

/**
 * What a discovery knows now.
 *
 * @param targets of the last good answer
 * @param problems of the newest answer, for the log and the status page; empty if it was good
 */
public record Discovered(List<ConfiguredTarget> targets, List<String> problems) {
  static final Discovered NOTHING = new Discovered(List.of(), List.of());

  public Discovered {
    targets = List.copyOf(targets);
    problems = List.copyOf(problems);
  }
}
