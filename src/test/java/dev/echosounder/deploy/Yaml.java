package dev.echosounder.deploy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** YAML as JSON, with merge keys as Compose reads them. */
final class Yaml {
  private Yaml() {}

  static JsonNode read(String text) {
    return JsonMapper.shared().valueToTree(merged(load().loadFromString(text)));
  }

  /** Of a file with several documents, all. */
  static List<JsonNode> readAll(String text) {
    return StreamSupport.stream(load().loadAllFromString(text).spliterator(), false)
        .<JsonNode>map(document -> JsonMapper.shared().valueToTree(document))
        .toList();
  }

  private static Load load() {
    return new Load(LoadSettings.builder().build());
  }

  private static Object merged(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(Yaml::merged).toList();
    }
    if (!(value instanceof Map<?, ?> map)) {
      return value;
    }
    Map<Object, Object> all = new LinkedHashMap<>();
    if (map.get("<<") instanceof Map<?, ?> base) {
      ((Map<?, ?>) merged(base)).forEach(all::put);
    }
    map.forEach((key, own) -> all.put(key, merged(own)));
    all.remove("<<");
    return Collections.unmodifiableMap(all);
  }
}
