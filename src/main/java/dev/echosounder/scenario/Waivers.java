package dev.echosounder.scenario;

import io.cucumber.plugin.event.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Scenarios that are known to fail against one server, each with the reason. A file of lines {@code
 * scenario's name # reason}; empty lines, and those that begin with {@code #}, mean nothing.
 */
final class Waivers {
  private final Map<String, String> reasons = new LinkedHashMap<>();
  private final Set<String> unmet = new TreeSet<>();
  private final List<String> problems = new ArrayList<>();

  private Waivers() {}

  /** None if the file is null. What is wrong with the file is among the {@link #problems}. */
  static Waivers read(@Nullable Path file) throws IOException {
    Waivers waivers = new Waivers();
    if (file != null) {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        waivers.add(lines.get(i).strip(), file + ":" + (i + 1));
      }
    }
    return waivers;
  }

  private void add(String line, String where) {
    if (line.isEmpty() || line.startsWith("#")) {
      return;
    }
    int at = line.lastIndexOf(" # ");
    if (at < 0) {
      problems.add("%s: expected \"scenario's name # reason\", got \"%s\"".formatted(where, line));
      return;
    }
    String name = line.substring(0, at).strip();
    if (reasons.putIfAbsent(name, line.substring(at + 3).strip()) != null) {
      problems.add("%s: \"%s\" is waived already".formatted(where, name));
    }
    unmet.add(name);
  }

  List<String> problems() {
    return problems;
  }

  /** None at all. */
  static Waivers none() {
    return new Waivers();
  }

  /** Why a scenario that has come out like this may fail; empty if it may not, or has not. */
  Optional<String> excuse(String scenario, Status status) {
    return status == Status.FAILED ? reason(scenario) : Optional.empty();
  }

  /**
   * What is wrong with a scenario's waiver that has passed. One skipped proves nothing about it.
   */
  Optional<String> outdated(String scenario, Status status) {
    return status == Status.PASSED
        ? reason(scenario)
            .map(r -> "it passes, though it is waived (%s): remove the waiver".formatted(r))
        : Optional.empty();
  }

  private Optional<String> reason(String scenario) {
    return Optional.ofNullable(reasons.get(scenario));
  }

  /** The scenario has run. */
  void met(String scenario) {
    unmet.remove(scenario);
  }

  /** Waived scenarios that did not run: misspelt, renamed, or left out by tags. */
  Set<String> unmet() {
    return unmet;
  }
}
