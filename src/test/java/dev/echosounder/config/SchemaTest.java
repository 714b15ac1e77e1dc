package dev.echosounder.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.echosounder.daemon.Kinds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.json.JsonMapper;

/** The published schema is the parser's own, and gives the same verdicts. */
final class SchemaTest {
  private static final Path PUBLISHED = Path.of("docs/config.schema.json");
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(dev.echosounder.config.Schema.json(Kinds.ALL), InputFormat.JSON);

  static Stream<Arguments> files() {
    return Stream.concat(Corpus.goodFiles().stream(), Corpus.badFiles().stream())
        .filter(Corpus::schemaCanTell)
        .map(f -> arguments(f));
  }

  private static boolean valid(String yaml) {
    Object plain = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    String json = JsonMapper.builder().build().writeValueAsString(plain);
    return SCHEMA.validate(json, InputFormat.JSON).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("files")
  void theSchemaAgreesWithTheParser(Corpus file) {
    assertThat(valid(file.text())).as(file.name()).isEqualTo(file.good());
  }

  @Test
  void theExampleIsValid() {
    assertThat(valid(Examples.text())).isTrue();
  }

  @Test
  void thePublishedSchemaIsTheParsersOwn() throws IOException {
    String own = dev.echosounder.config.Schema.json(Kinds.ALL);
    if (Boolean.getBoolean("echosounder.schema.write")) {
      Files.writeString(PUBLISHED, own);
    }
    assertThat(Files.readString(PUBLISHED))
        .as("write it anew with -Dechosounder.schema.write=true")
        .isEqualTo(own);
  }
}
