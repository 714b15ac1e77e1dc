package dev.echosounder.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echosounder.check.Outcome;
import dev.echosounder.report.ScenarioRecord.Status;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.SAXException;

/**
 * Our reports by a schema that is narrower than Jenkins'; {@code
 * -Dechosounder.junit-schemas=junit-10.xsd}, with a copy of that, holds them against it as well.
 */
final class JunitSchemaTest {
  private static final String OURS = "src/test/resources/schemas/junit-report.xsd";
  private static final String OTHERS = System.getProperty("echosounder.junit-schemas", "");

  @TempDir private Path directory;

  private static List<Schema> schemas() throws SAXException {
    List<Schema> all = new ArrayList<>();
    for (String file : Stream.concat(Stream.of(OURS), Stream.of(OTHERS.split(",", -1))).toList()) {
      if (!file.isBlank()) {
        SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
        all.add(factory.newSchema(new File(file)));
      }
    }
    return all;
  }

  private static void validate(String xml) throws SAXException, IOException {
    for (Schema schema : schemas()) {
      schema.newValidator().validate(new StreamSource(new StringReader(xml)));
    }
  }

  private String scenarios(ScenarioRecord... scenarios) throws IOException {
    Path file = directory.resolve("junit.xml");
    JunitReport report = new JunitReport(file);
    for (ScenarioRecord scenario : scenarios) {
      report.scenario(scenario, s -> s);
    }
    report.end();
    return Files.readString(file);
  }

  @Test
  void everyKindOfScenarioIsValid() throws Exception {
    ScenarioRecord.Connected alice = Reports.connected("alice", TranscriptTest.wholeRun());
    String xml =
        scenarios(
            Reports.passed("hello", alice),
            Reports.failed("bye <&\"'>\u0000", "expected <this>\n]]>\u0001", alice),
            Reports.scenario("old", Status.WAIVED, "expected x", List.of(alice)),
            Reports.scenario("later", Status.SKIPPED, "", List.of()));
    validate(xml);
    assertThat(xml).contains("tests=\"4\" failures=\"1\" skipped=\"2\"");
  }

  @Test
  void noScenarioIsValid() throws Exception {
    validate(scenarios());
  }

  @Test
  void checksAndLongTimesAreValid() throws Exception {
    Path file = directory.resolve("once.xml");
    Duration day = Duration.ofHours(27).plusNanos(123_456_789);
    List<JunitXml.Case> cases =
        List.of(
            JunitXml.Case.of("chat", "echo", new Outcome.Skipped("no thread")),
            new JunitXml.Case("chat", "hold", day, null, null, ""),
            new JunitXml.Case(
                "chat",
                "ping",
                day,
                new JunitXml.Failure("eof", "one", "line\nline"),
                null,
                "out"));
    JunitXml.write(file, "echosounder once", cases, UnaryOperator.identity());
    validate(Files.readString(file));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " errors=\"0\"",
        " name=\"hello\"",
        " tests=\"1\"",
        " failures=\"0\"",
        " skipped=\"0\""
      })
  void whatJenkinsAsksForIsAskedFor(String attribute) throws Exception {
    String xml = scenarios(Reports.passed("hello"));
    assertThat(xml).contains(attribute);
    assertThatThrownBy(() -> validate(xml.replaceFirst(attribute, "")))
        .isInstanceOf(SAXException.class);
    assertThatThrownBy(() -> validate(xml.replaceFirst("time=\"0.012\"", "time=\"0.012000\"")))
        .isInstanceOf(SAXException.class);
  }
}
