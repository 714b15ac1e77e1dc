package dev.echosounder.cli;

import dev.echosounder.scenario.Vocabulary;
import dev.echosounder.scenario.Vocabulary.Step;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code steps}: the vocabulary of scenarios, with an example of each step. */
@Command(
    name = "steps",
    mixinStandardHelpOptions = true,
    description = "Lists every step that a scenario can use.")
final class StepsCommand implements Callable<Integer> {
  private final Io io;

  @Parameters(
      arity = "0..1",
      paramLabel = "WORD",
      description = "Only steps in whose pattern, family or meaning this word stands.")
  private @Nullable String word;

  StepsCommand(Io io) {
    this.io = io;
  }

  @Override
  public Integer call() {
    List<Step> steps = Vocabulary.steps().stream().filter(this::wanted).toList();
    if (steps.isEmpty()) {
      throw new BadInput("expected a word that stands in a step, got \"" + word + "\"");
    }
    String family = "";
    for (Step step : steps) {
      if (!step.family().equals(family)) {
        io.print((family.isEmpty() ? "" : "\n") + io.strong(step.family()) + "\n");
        family = step.family();
      }
      io.print("\n  " + step.keyword() + " " + step.pattern() + "\n");
      io.print("      " + step.meaning() + "\n");
      String example = step.keyword() + " " + step.example();
      example.lines().forEach(line -> io.print("      | " + line + "\n"));
    }
    return Exit.PASSED;
  }

  private boolean wanted(Step step) {
    String all = step.family() + " " + step.pattern() + " " + step.meaning();
    return word == null || all.toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT));
  }
}
