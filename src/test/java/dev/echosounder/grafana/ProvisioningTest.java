package dev.echosounder.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;

/** What Grafana reads when it starts fits the dashboards and their documentation. */
final class ProvisioningTest {
  private static final Path DIRECTORY = Path.of("grafana", "provisioning");

  private static JsonNode read(String file) throws IOException {
    String yaml = Files.readString(DIRECTORY.resolve(file));
    return Json.of(new Load(LoadSettings.builder().build()).loadFromString(yaml));
  }

  @Test
  void theDashboardsOpenWithTheDataSource() throws IOException {
    JsonNode source = read("datasources/prometheus.yml").at("/datasources/0");
    assertThat(source.path("isDefault").asBoolean()).isTrue();
    Dashboards.all()
        .values()
        .forEach(
            board -> {
              JsonNode variable = board.at("/templating/list/0");
              assertThat(variable.path("query")).isEqualTo(source.path("type"));
              assertThat(variable.at("/current/value").asString()).isEqualTo("default");
            });
  }

  @Test
  void theDashboardsAreWhereTheDocumentationMountsThem() throws IOException {
    JsonNode provider = read("dashboards/echosounder.yml").at("/providers/0");
    assertThat(provider.path("type").asString()).isEqualTo("file");
    assertThat(Files.readString(Path.of("docs/dashboards.md")))
        .contains("| `grafana/dashboards` | `" + provider.at("/options/path").asString() + "` |");
  }
}
