package dev.echosounder.report;

import java.io.StringWriter;
import java.util.function.UnaryOperator;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Builds HTML and SVG by the JDK's XML writer, which escapes; redacts and makes visible first.
 * Names of elements and attributes are ours. Not thread-safe.
 */
final class Markup {
  private final StringWriter out = new StringWriter();
  private final XMLStreamWriter xml;
  private final UnaryOperator<String> redact;

  /**
   * @param redact hides secrets in whatever comes from outside, before any of it is escaped
   */
  Markup(UnaryOperator<String> redact) {
    this.redact = redact;
    try {
      xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
  }

  private interface Writing {
    void write() throws XMLStreamException;
  }

  /** A string cannot refuse to be written to, so a failure is a defect: elements left open. */
  private Markup write(Writing writing) {
    try {
      writing.write();
      return this;
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Begins an element; {@code attributes} are names and values in turn. */
  Markup open(String name, String... attributes) {
    return write(
        () -> {
          xml.writeStartElement(name);
          attributes(attributes);
        });
  }

  /** An element without content: those of HTML that must not be closed, and those of SVG. */
  Markup empty(String name, String... attributes) {
    return write(
        () -> {
          xml.writeEmptyElement(name);
          attributes(attributes);
        });
  }

  private void attributes(String... namesAndValues) throws XMLStreamException {
    for (int i = 0; i < namesAndValues.length; i += 2) {
      xml.writeAttribute(namesAndValues[i], shown(namesAndValues[i + 1]));
    }
  }

  Markup close() {
    return write(xml::writeEndElement);
  }

  /** Text on one line. */
  Markup text(String text) {
    return write(() -> xml.writeCharacters(shown(text)));
  }

  /** At most so many lines of a text; cut after it is redacted, so that no secret is cut in two. */
  Markup excerpt(String text, int most) {
    return write(() -> xml.writeCharacters(Visible.lines(Excerpt.of(redact.apply(text), most))));
  }

  /** A whole element with nothing but text. */
  Markup leaf(String name, String text, String... attributes) {
    return open(name, attributes).text(text).close();
  }

  private String shown(String text) {
    return Visible.text(redact.apply(text));
  }

  @Override
  public String toString() {
    write(xml::flush);
    return out.toString();
  }
}
