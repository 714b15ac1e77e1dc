package dev.echosounder.config;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** From text to nodes, within limits. */
final class YamlText {
  /** The composer calls itself for each level: a deep file would exhaust the stack. */
  static final int DEEPEST = 64;

  private static final int MOST_ALIASES = 1000;

  private YamlText() {}

  /** The one document's root; null after a problem. */
  static @Nullable Node compose(String text, Context context) {
    LoadSettings settings =
        LoadSettings.builder()
            .setCodePointLimit(Integer.MAX_VALUE)
            .setMaxAliasesForCollections(MOST_ALIASES)
            .setAllowNonScalarKeys(true)
            .build();
    try {
      if (!shallow(text, settings, context)) {
        return null;
      }
      Optional<Node> root = new Compose(settings).composeString(text);
      if (root.isEmpty()) {
        context.problem(1, 1, "the file is empty");
      }
      return root.orElse(null);
    } catch (MarkedYamlEngineException e) {
      Optional<Mark> mark = e.getProblemMark();
      String problem = e.getProblem();
      // "but found…" continues the context's sentence.
      String whole = problem.startsWith("but ") ? e.getContext() + ", " + problem : problem;
      context.problem(mark.isPresent() ? mark : e.getContextMark(), "not valid YAML: " + whole);
    } catch (ReaderException e) {
      String before = text.substring(0, Math.min(e.getPosition(), text.length()));
      int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
      context.problem(
          line, before.length() - before.lastIndexOf('\n'), "not valid YAML: control character");
    } catch (YamlEngineException e) {
      context.problem(1, 1, "not valid YAML: " + e.getMessage());
    }
    return null;
  }

  private static boolean shallow(String text, LoadSettings settings, Context context) {
    int depth = 0;
    for (Event event : new Parse(settings).parseString(text)) {
      switch (event.getEventId()) {
        case SequenceStart, MappingStart -> depth++;
        case SequenceEnd, MappingEnd -> depth--;
        default -> {}
      }
      if (depth > DEEPEST) {
        context.problem(event.getStartMark(), "nested deeper than %d levels".formatted(DEEPEST));
        return false;
      }
    }
    return true;
  }
}
