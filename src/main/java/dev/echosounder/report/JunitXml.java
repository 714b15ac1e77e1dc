package dev.echosounder.report;

import dev.echosounder.check.Evidence;
import dev.echosounder.check.Outcome;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Outcomes as JUnit XML, which every CI system reads. */
public final class JunitXml {
  /** One test case. */
  public record Case(String suite, String name, Outcome outcome) {}

  private JunitXml() {}

  /**
   * Writes a report, making directories as needed.
   *
   * @param redact hides secrets in any text
   * @throws IOException if the file can't be written
   */
  public static void write(Path file, List<Case> cases, UnaryOperator<String> redact)
      throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
      write(xml, cases, redact);
      xml.close();
    } catch (XMLStreamException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static void write(XMLStreamWriter xml, List<Case> cases, UnaryOperator<String> redact)
      throws XMLStreamException {
    xml.writeStartDocument();
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", "echosounder once");
    xml.writeAttribute("tests", Integer.toString(cases.size()));
    xml.writeAttribute("failures", count(cases, Outcome.Failed.class));
    xml.writeAttribute("skipped", count(cases, Outcome.Skipped.class));
    xml.writeAttribute("errors", "0");
    for (Case one : cases) {
      write(xml, one, redact);
    }
    xml.writeEndElement();
    xml.writeEndDocument();
  }

  private static String count(List<Case> cases, Class<? extends Outcome> kind) {
    return Long.toString(cases.stream().filter(c -> kind.isInstance(c.outcome())).count());
  }

  private static void write(XMLStreamWriter xml, Case one, UnaryOperator<String> redact)
      throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", Visible.text(one.suite()));
    xml.writeAttribute("name", Visible.text(one.name()));
    if (one.outcome() instanceof Outcome.Passed passed) {
      time(xml, passed.evidence());
    } else if (one.outcome() instanceof Outcome.Failed failed) {
      time(xml, failed.evidence());
      xml.writeStartElement("failure");
      xml.writeAttribute("type", failed.cause());
      xml.writeAttribute("message", redact.apply(Visible.text(failed.detail())));
      xml.writeCharacters(redact.apply(Transcript.text(failed.evidence().timeline())));
      xml.writeEndElement();
    } else if (one.outcome() instanceof Outcome.Skipped skipped) {
      xml.writeStartElement("skipped");
      xml.writeAttribute("message", Visible.text(skipped.reason()));
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private static void time(XMLStreamWriter xml, Evidence evidence) throws XMLStreamException {
    Duration took = evidence.took();
    xml.writeAttribute("time", String.format(Locale.ROOT, "%.6f", took.toNanos() / 1e9));
  }
}
