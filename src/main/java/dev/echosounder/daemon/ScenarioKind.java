package dev.echosounder.daemon;

import dev.echosounder.check.Check;
import dev.echosounder.config.CheckKind;
import dev.echosounder.config.Forms;
import dev.echosounder.config.Key;
import dev.echosounder.config.Layout;
import dev.echosounder.config.Section;
import dev.echosounder.scenario.ScenarioCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** {@code kind: scenario}. */
final class ScenarioKind implements CheckKind {
  private static final int MOST_ROWS = 10_000;

  private static final Key<Path> FEATURE = Key.required("feature", Forms.FILE, "The Gherkin file.");
  private static final Key<String> SCENARIO =
      Key.optional("scenario", Forms.TEXT, "The scenario's name. Default: the file's only one.");
  private static final Key<Integer> ROW =
      Key.optional(
          "row",
          Forms.integer(1, MOST_ROWS),
          "Of an outline's examples, from 1: each is a check of its own.");

  @Override
  public String name() {
    return "scenario";
  }

  @Override
  public String doc() {
    return "Runs a scenario of a feature file against the target.";
  }

  @Override
  public Layout layout() {
    return Layout.of(FEATURE, SCENARIO, ROW);
  }

  @Override
  public @Nullable Check parse(Section section) {
    Path file = section.require(FEATURE);
    try {
      return ScenarioCheck.of(
          file, Files.readString(file), section.get(SCENARIO), section.get(ROW));
    } catch (IOException e) {
      section.problem(FEATURE, "can't be read: is it text in UTF-8?");
    } catch (IllegalArgumentException e) {
      Key<?> key = section.has(SCENARIO) ? SCENARIO : FEATURE;
      String why = String.valueOf(e.getMessage()).replaceAll("\\s*\\n\\s*", "; ");
      section.problem(key, "%s: %s".formatted(file.getFileName(), why));
    }
    return null;
  }
}
