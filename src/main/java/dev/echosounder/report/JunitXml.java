package dev.echosounder.report;

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
import org.jspecify.annotations.Nullable;

/**
 * Results as JUnit XML, which every CI system reads. No schema is official: this keeps to what
 * Jenkins and Surefire agree on. Characters that XML cannot hold are shown escaped.
 */
public final class JunitXml {
  /** How many lines of a transcript or an error a case carries. */
  private static final int MOST_LINES = 300;

  private JunitXml() {}

  /**
   * One test case.
   *
   * @param took null if it is not known
   * @param failure null unless it failed
   * @param skipped why it did not run; null if it did
   * @param output what a person may want to read; empty for nothing
   */
  public record Case(
      String suite,
      String name,
      @Nullable Duration took,
      @Nullable Failure failure,
      @Nullable String skipped,
      String output) {
    /** How a check came out. */
    public static Case of(String suite, String name, Outcome outcome) {
      if (outcome instanceof Outcome.Failed failed) {
        String text = Transcript.text(failed.evidence().timeline());
        Failure failure = new Failure(failed.cause(), failed.detail(), text);
        return new Case(suite, name, failed.evidence().took(), failure, null, "");
      }
      return outcome instanceof Outcome.Skipped skipped
          ? new Case(suite, name, null, null, skipped.reason(), "")
          : new Case(suite, name, ((Outcome.Passed) outcome).evidence().took(), null, null, "");
    }
  }

  /**
   * Why a case failed.
   *
   * @param type a word of a closed set
   * @param message one line
   */
  public record Failure(String type, String message, String text) {}

  /**
   * Writes a report, making directories as needed.
   *
   * @param suite the suite's name
   * @param redact hides secrets in any text
   * @throws IOException if the file can't be written
   */
  public static void write(Path file, String suite, List<Case> cases, UnaryOperator<String> redact)
      throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
      new Document(xml, redact).write(suite, cases);
      xml.close();
    } catch (XMLStreamException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private record Document(XMLStreamWriter xml, UnaryOperator<String> redact) {
    void write(String suite, List<Case> cases) throws XMLStreamException {
      xml.writeStartDocument();
      xml.writeStartElement("testsuite");
      attribute("name", suite);
      attribute("tests", Integer.toString(cases.size()));
      attribute("failures", Long.toString(cases.stream().filter(c -> c.failure() != null).count()));
      attribute("skipped", Long.toString(cases.stream().filter(c -> c.skipped() != null).count()));
      attribute("errors", "0");
      Duration all = Duration.ZERO;
      for (Case one : cases) {
        all = one.took() == null ? all : all.plus(one.took());
      }
      // Jenkins' schema allows a suite no more digits than these.
      attribute("time", String.format(Locale.ROOT, "%.3f", all.toNanos() / 1e9));
      for (Case one : cases) {
        write(one);
      }
      xml.writeEndElement();
      xml.writeEndDocument();
    }

    private void write(Case one) throws XMLStreamException {
      xml.writeStartElement("testcase");
      attribute("classname", one.suite());
      attribute("name", one.name());
      if (one.took() != null) {
        attribute("time", seconds(one.took()));
      }
      Failure failure = one.failure();
      if (failure != null) {
        xml.writeStartElement("failure");
        attribute("type", failure.type());
        attribute("message", failure.message());
        text(failure.text());
        xml.writeEndElement();
      } else if (one.skipped() != null) {
        xml.writeStartElement("skipped");
        attribute("message", one.skipped());
        xml.writeEndElement();
      }
      if (!one.output().isEmpty()) {
        xml.writeStartElement("system-out");
        text(one.output());
        xml.writeEndElement();
      }
      xml.writeEndElement();
    }

    private void attribute(String name, String value) throws XMLStreamException {
      xml.writeAttribute(name, Visible.text(redact.apply(value)));
    }

    private void text(String text) throws XMLStreamException {
      xml.writeCharacters(Visible.lines(Excerpt.of(redact.apply(text), MOST_LINES)));
    }

    private static String seconds(Duration duration) {
      return String.format(Locale.ROOT, "%.6f", duration.toNanos() / 1e9);
    }
  }
}
