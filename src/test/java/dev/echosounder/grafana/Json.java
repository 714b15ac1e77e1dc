package dev.echosounder.grafana;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON written as text where that reads best. */
final class Json {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  static ObjectNode object(String text) {
    return (ObjectNode) MAPPER.readTree(text);
  }

  static JsonNode of(Object plain) {
    return MAPPER.valueToTree(plain);
  }

  /** Lays one object over another: objects are merged, everything else is replaced. */
  static void lay(ObjectNode over, ObjectNode base) {
    over.properties()
        .forEach(
            entry -> {
              JsonNode old = base.get(entry.getKey());
              if (old instanceof ObjectNode below && entry.getValue() instanceof ObjectNode above) {
                lay(above, below);
              } else {
                base.set(entry.getKey(), entry.getValue());
              }
            });
  }

  /** As it stands in the tree: indented, one line break at the end. */
  static String text(JsonNode node) {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
  }
}
