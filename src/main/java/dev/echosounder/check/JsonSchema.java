package dev.echosounder.check;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.DialectId;
import com.networknt.schema.path.PathType;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/**
 * A JSON Schema: of draft 2020-12, unless {@code $schema} names another. It refers to nothing
 * outside of itself: no look at a message may make a request of its own. Immutable, thread-safe;
 * equal if written equally.
 */
public final class JsonSchema {
  /** What loads no class until a schema is wanted: the first costs most of a second. */
  private static final class Validator {
    static final SchemaRegistry REGISTRY =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            registry ->
                registry
                    .schemaCacheEnabled(false)
                    .schemaLoader(loader -> loader.fetchRemoteResources(false))
                    .schemaRegistryConfig(
                        SchemaRegistryConfig.builder()
                            .pathType(PathType.JSON_PATH)
                            .regularExpressionFactory(JsonSchema::bounded)
                            .build()));
  }

  private final String text;
  private final Schema compiled;

  private JsonSchema(String text, Schema compiled) {
    this.text = text;
    this.compiled = compiled;
  }

  /**
   * Compiles a schema.
   *
   * @throws IllegalArgumentException if it is none; says why
   */
  public static JsonSchema of(String text) {
    Json json = Json.of(text);
    try {
      String dialect =
          json.at(Json.Path.of("$['$schema']")).orElse(DialectId.DRAFT_2020_12).replace("#", "");
      List<Error> wrong =
          Validator.REGISTRY.getSchema(SchemaLocation.of(dialect)).validate(text, InputFormat.JSON);
      if (!wrong.isEmpty()) {
        throw new IllegalArgumentException("not a JSON schema: " + said(wrong.get(0)));
      }
      Schema schema = Validator.REGISTRY.getSchema(text, InputFormat.JSON);
      schema.initializeValidators();
      return new JsonSchema(text, schema);
    } catch (SchemaException | PatternSyntaxException e) {
      throw new IllegalArgumentException("not a JSON schema: " + e.getMessage(), e);
    }
  }

  /** What is wrong with a value, each {@code $.a: …}; empty if nothing is. */
  List<String> differences(Json seen) {
    try {
      return compiled.validate(seen.written(), InputFormat.JSON).stream()
          .map(JsonSchema::said)
          .toList();
    } catch (BoundedText.Exhausted e) {
      return List.of("$: " + Regex.TOO_HARD);
    }
  }

  private static com.networknt.schema.regex.RegularExpression bounded(String regex) {
    Pattern pattern = Pattern.compile(regex);
    return value -> Regex.match(pattern, value, false) != null;
  }

  private static String said(Error error) {
    return error.getInstanceLocation() + ": " + error.getMessage();
  }

  /** On one line, for a person. */
  @Override
  public String toString() {
    String line = text.lines().map(String::strip).collect(Collectors.joining(" "));
    return line.length() <= 80 ? line : line.substring(0, 80) + "…";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonSchema that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }
}
