package dev.echosounder.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The Compose file fits the specification, and keeps the rules that we set ourselves. */
final class ComposeTest {
  private static final Path FILE = Path.of("docker-compose.yml");

  private static Schema schema() throws IOException {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
        .getSchema(
            // Its $id is relative, which the validator refuses.
            Files.readString(Path.of("src/test/resources/schemas/compose-spec.json"))
                .replace("\"compose_spec.json\"", "\"urn:compose-spec\""),
            InputFormat.JSON);
  }

  private static List<String> problems(String yaml) throws IOException {
    return schema().validate(Yaml.read(yaml).toString(), InputFormat.JSON).stream()
        .map(Object::toString)
        .toList();
  }

  static Stream<Map.Entry<String, JsonNode>> services() throws IOException {
    return Yaml.read(Files.readString(FILE)).get("services").propertyStream();
  }

  @Test
  void fitsTheSpecification() throws IOException {
    assertThat(problems(Files.readString(FILE))).isEmpty();
    assertThat(services()).hasSize(5);
  }

  @ParameterizedTest
  @CsvSource({
    "healthcheck:, healthchek:",
    "mem_limit:, memlimit:",
    "pids_limit: 200, pids_limit: [200]",
    "cap_drop: [ALL], cap_drop: ALL"
  })
  void aSlipOfThePenIsFound(String right, String wrong) throws IOException {
    String text = Files.readString(FILE);
    assertThat(text).contains(right);
    assertThat(problems(text.replace(right, wrong))).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("services")
  void everyServiceIsConfined(Map.Entry<String, JsonNode> named) {
    JsonNode service = named.getValue();
    assertThat(service.path("read_only").asBoolean()).isTrue();
    assertThat(service.path("cap_drop").toString()).isEqualTo("[\"ALL\"]");
    assertThat(service.path("security_opt").toString()).contains("no-new-privileges:true");
    assertThat(service.path("user").asString("")).matches("[1-9]\\d*:\\d+");
    assertThat(service.has("mem_limit") && service.has("cpus") && service.has("pids_limit"))
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("services")
  void everyServiceIsPinnedHealthyAndOnLoopback(Map.Entry<String, JsonNode> named) {
    JsonNode service = named.getValue();
    assertThat(service.has("build") || service.path("image").asString("").matches(".+:v?\\d+\\..+"))
        .isTrue();
    // The image's own health check asks the daemon.
    assertThat(service.has("healthcheck") || named.getKey().equals("echosounder")).isTrue();
    service.path("ports").forEach(p -> assertThat(p.asString()).startsWith("127.0.0.1:"));
    assertThat(service.path("environment").propertyNames())
        .noneMatch(name -> name.matches(".*(PASSWORD|SECRET|TOKEN|KEY).*"));
  }

  @ParameterizedTest
  @MethodSource("services")
  void whatIsMountedExists(Map.Entry<String, JsonNode> named) {
    for (JsonNode volume : named.getValue().path("volumes")) {
      String source = volume.asString().split(":", 2)[0];
      if (source.startsWith(".")) {
        assertThat(Path.of(source)).exists();
        assertThat(volume.asString()).endsWith(":ro");
      }
    }
  }

  @Test
  void dockerComposeReadsIt(@TempDir Path directory) throws Exception {
    Path program = Path.of("/usr/bin/docker-compose");
    if (!"true".equals(System.getenv("CI"))) {
      assumeTrue(Files.isExecutable(program), "docker-compose is not installed");
    }
    List<String> command = List.of(program.toString(), "--file", FILE.toString(), "config", "-q");
    try (Shell shell = Shell.start(directory.resolve("output"), Map.of(), command)) {
      assertThat(shell.exit(60)).as(shell.output()).isZero();
    }
  }
}
