package dev.echosounder.daemon;

import dev.echosounder.check.Expectation;
import dev.echosounder.check.JsonExpectation;
import dev.echosounder.check.JsonSchema;
import dev.echosounder.check.MessageWords;
import dev.echosounder.check.Template;
import dev.echosounder.check.Turn;
import dev.echosounder.config.Key;
import dev.echosounder.config.Section;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a dialogue expects, in the words and by the schemas that scenarios use. */
final class DialogueWords {
  /** Stand for any capture: the first fits inside JSON strings and outside of them. */
  private static final List<String> TRIALS = List.of("0", "2026-01-31T12:00:00Z");

  private DialogueWords() {}

  static Turn.@Nullable Reply message(Section step, Key<String> key, Set<String> known) {
    String words = step.get(key);
    if (words == null || !DialogueKind.known(step, key, new Template(words), known)) {
      return null;
    }
    IllegalArgumentException wrong = null;
    for (String trial : TRIALS) {
      try {
        Template.Filling filling = (text, escape) -> new Template(text).fillAll(trial);
        Expectation expectation = MessageWords.parse(words, filling, Clock.systemUTC());
        if (expectation instanceof Expectation.Matching matching) {
          known.addAll(matching.names());
        }
        return new Template(words).isPlain()
            ? new Turn.Always(expectation)
            : new Turn.Words(words, Clock.systemUTC());
      } catch (IllegalArgumentException e) {
        wrong = wrong == null ? e : wrong;
      }
    }
    step.problem(key, wrong == null ? "" : String.valueOf(wrong.getMessage()));
    return null;
  }

  static Turn.@Nullable Reply schema(Section step, Key<String> key) {
    String schema = step.get(key);
    if (schema == null) {
      return null;
    }
    try {
      return new Turn.Always(new JsonExpectation.Valid(JsonSchema.of(schema)));
    } catch (IllegalArgumentException e) {
      step.problem(key, String.valueOf(e.getMessage()));
      return null;
    }
  }
}
