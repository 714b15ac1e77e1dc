package dev.echosounder.scenario;

import dev.echosounder.check.Dialogue;
import dev.echosounder.check.Template;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * What a scenario remembers, by name, for {@code {{name}}} in later steps; {@code {{uuid}}} is
 * always known, another one in each scenario. Used by the scenario's thread only.
 */
final class Memory implements Template.Filling {
  private final Map<String, String> values = new TreeMap<>();

  Memory() {
    values.put(Dialogue.UUID_NAME, UUID.randomUUID().toString());
  }

  /** A value by a name used before takes its place. */
  void remember(String name, String value) {
    if (!name.matches(Template.NAME)) {
      throw new AssertionError(
          "expected a name of letters and digits, such as id, got \"" + name + "\"");
    }
    values.put(name, value);
  }

  @Override
  public String fill(String text, UnaryOperator<String> escape) {
    if (!text.contains("{{")) {
      return text;
    }
    Template template = new Template(text);
    for (String name : template.names()) {
      if (!values.containsKey(name)) {
        throw new AssertionError(
            "nothing is remembered as \"%s\", only as %s; write \\{{%s}} for these very braces"
                .formatted(name, String.join(", ", values.keySet()), name));
      }
    }
    return template.fill(values, escape);
  }
}
