package dev.echosounder.prometheus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * One rule of Prometheus.
 *
 * @param kind {@code alert} or {@code record}
 */
record Rule(
    String kind,
    String name,
    Expression expression,
    Map<String, String> labels,
    Map<String, String> annotations) {
  static final Path DIRECTORY = Path.of("prometheus");
  private static final ObjectMapper JSON = new ObjectMapper();

  static List<Rule> all() {
    List<Rule> all = new ArrayList<>();
    for (JsonNode file : yaml(DIRECTORY.resolve("rules"))) {
      file.path("groups").forEach(g -> g.path("rules").forEach(rule -> all.add(of(rule))));
    }
    return all;
  }

  private static Rule of(JsonNode rule) {
    String kind = rule.has("alert") ? "alert" : "record";
    return new Rule(
        kind,
        rule.path(kind).asString(),
        new Expression(rule.path("expr").asString()),
        texts(rule.path("labels")),
        texts(rule.path("annotations")));
  }

  private static Map<String, String> texts(JsonNode node) {
    Map<String, String> texts = new TreeMap<>();
    node.properties().forEach(e -> texts.put(e.getKey(), e.getValue().asString()));
    return texts;
  }

  boolean alerts() {
    return kind.equals("alert");
  }

  /** All YAML files of the directory. */
  static List<JsonNode> yaml(Path directory) {
    List<JsonNode> files = new ArrayList<>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory, "*.yml")) {
      for (Path path : paths) {
        files.add(file(path));
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode file(Path path) throws IOException {
    Load load = new Load(LoadSettings.builder().build());
    return JSON.valueToTree(load.loadFromString(Files.readString(path)));
  }
}
