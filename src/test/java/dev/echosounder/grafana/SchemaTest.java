package dev.echosounder.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Grafana's own schemas: of a dashboard, of each panel's options and fields, of its queries. */
final class SchemaTest {
  private static final Path SCHEMAS = Path.of("src/test/resources/schemas/grafana");
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);
  private static final Map<String, Schema> LOADED = new ConcurrentHashMap<>();

  /** Whose options or fields have no schema, because Grafana gives them none. */
  private static final List<String> NO_FIELDS = List.of("stat", "bargauge", "text");

  @Test
  void everyDashboardIsOneForGrafana() {
    Dashboards.all()
        .forEach(
            (name, board) -> {
              ObjectNode frame = ((ObjectNode) board).deepCopy();
              frame.remove("panels");
              assertThat(errors("dashboard", "Dashboard", frame)).as(name).isEmpty();
            });
  }

  @Test
  void everyPanelsOptionsAndFieldsAreThoseOfItsKind() {
    Map<String, List<String>> wrong = new TreeMap<>();
    Dashboards.all()
        .values()
        .forEach(
            board -> {
              for (JsonNode panel : Dashboards.panels(board)) {
                wrong.put(board.path("uid") + "/" + panel.path("title"), panel(panel));
              }
            });
    wrong.values().removeIf(List::isEmpty);
    assertThat(wrong).isEmpty();
  }

  private static List<String> panel(JsonNode panel) {
    String kind = panel.path("type").asString().replace("-", "");
    if (kind.equals("row")) {
      return errors("dashboard", "RowPanel", panel);
    }
    List<String> wrong = new ArrayList<>(errors("dashboard", "Panel", panel));
    wrong.addAll(errors(kind, "Options", panel.path("options")));
    JsonNode custom = panel.at("/fieldConfig/defaults/custom");
    if (!custom.isMissingNode()) {
      assertThat(NO_FIELDS).as("panels without fields of their own").doesNotContain(kind);
      wrong.addAll(errors(kind, "FieldConfig", custom));
    }
    overrides(panel, kind, wrong);
    panel.path("targets").forEach(target -> wrong.addAll(errors("prometheus", "", target)));
    return wrong;
  }

  /** What overrides set one by one, as if it stood among the defaults. */
  private static void overrides(JsonNode panel, String kind, List<String> wrong) {
    ObjectNode defaults = Json.object("{}");
    ObjectNode custom = Json.object("{}");
    panel
        .at("/fieldConfig/overrides")
        .forEach(
            override ->
                override
                    .path("properties")
                    .forEach(
                        property -> {
                          String id = property.path("id").asString();
                          boolean own = id.startsWith("custom.");
                          (own ? custom : defaults)
                              .set(own ? id.substring(7) : id, property.path("value"));
                        }));
    wrong.addAll(errors("dashboard", "FieldConfig", defaults));
    if (!custom.isEmpty()) {
      wrong.addAll(errors(kind, "FieldConfig", custom));
    }
  }

  /**
   * Everything that is wrong but options left out: Grafana has a default for each.
   *
   * @param definition empty for the whole schema
   */
  private static List<String> errors(String file, String definition, JsonNode node) {
    return LOADED
        .computeIfAbsent(file + "#" + definition, x -> load(file, definition))
        .validate(node.toString(), InputFormat.JSON)
        .stream()
        .filter(error -> !error.getKeyword().equals("required"))
        .map(Error::toString)
        .toList();
  }

  private static Schema load(String file, String definition) {
    try {
      ObjectNode schema = Json.object(Files.readString(SCHEMAS.resolve(file + ".json")));
      mend(schema);
      if (!definition.isEmpty()) {
        assertThat(schema.at("/definitions/" + definition).isMissingNode()).isFalse();
        schema.put("$ref", "#/definitions/" + definition);
      }
      return REGISTRY.getSchema(schema.toString(), InputFormat.JSON);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Mends what was lost when Grafana's types became schemas: "any" is "any object" there, and the
   * constant that tells kinds of cells apart is a default only.
   */
  private static void mend(JsonNode node) {
    if (node instanceof ObjectNode object) {
      if (object.path("additionalProperties").isObject()
          && object.path("additionalProperties").isEmpty()
          && !object.has("properties")) {
        object.remove("type");
      }
      String told = object.at("/properties/type/default").asString("");
      if (object.at("/properties/type/allOf/0/$ref").asString("").endsWith("CellDisplayMode")) {
        object.withObject("/properties/type").put("const", told);
      }
    }
    node.forEach(SchemaTest::mend);
  }
}
