package dev.echosounder.config;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The JSON schema of the configuration, made from the same forms that read it. */
public final class Schema {
  private Schema() {}

  /** The schema for these kinds, JSON schema 2020-12, pretty-printed, ends with a line break. */
  public static String json(CheckKinds kinds) {
    Map<String, Object> schema =
        of(
            "$schema",
            "https://json-schema.org/draft/2020-12/schema",
            "title",
            "Echosounder configuration");
    schema.putAll(new RootForm(kinds).schema());
    return JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build()
            .writeValueAsString(schema)
            .replace("\r\n", "\n")
        + "\n";
  }

  /** Keys and values in turn; in order, so that the published file does not change by itself. */
  static Map<String, Object> of(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
