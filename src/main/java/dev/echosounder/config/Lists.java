package dev.echosounder.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Lists that others write, as plain lists, maps and texts. */
final class Lists {
  /** What was read, or why not. */
  record Parsed(@Nullable Object plain, List<String> problems) {}

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Lists() {}

  static Parsed json(byte[] bytes, String where) {
    try {
      return new Parsed(JSON.readValue(bytes, Object.class), List.of());
    } catch (JacksonException e) {
      String at =
          e.getLocation() == null
              ? ""
              : ":" + e.getLocation().getLineNr() + ":" + e.getLocation().getColumnNr();
      return new Parsed(null, List.of(where + at + ": not valid JSON"));
    }
  }

  static Parsed yaml(byte[] bytes, String where) {
    Context context = new Context(where, Path.of(""), name -> null);
    String text = ConfigFile.decode(bytes, context);
    if (text == null || YamlText.compose(text, context) == null) {
      return new Parsed(null, context.problems().stream().map(Problem::toString).toList());
    }
    try {
      LoadSettings settings =
          LoadSettings.builder().setLabel(where).setCodePointLimit(Integer.MAX_VALUE).build();
      return new Parsed(new Load(settings).loadFromString(text), List.of());
    } catch (YamlEngineException e) {
      return new Parsed(null, List.of(where + ": not valid YAML: plain lists and texts only"));
    }
  }
}
