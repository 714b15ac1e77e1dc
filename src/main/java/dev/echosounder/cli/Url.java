package dev.echosounder.cli;

import dev.echosounder.report.Redaction;
import dev.echosounder.ws.Target;
import java.net.URI;
import java.net.URISyntaxException;

/** From what the user typed to a target. */
final class Url {
  private Url() {}

  static Target target(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw new BadInput(
          "expected a URL such as wss://example.org/echo, got \"%s\": %s"
              .formatted(Redaction.text(text), e.getReason()));
    }
    try {
      return Target.of(uri);
    } catch (IllegalArgumentException e) {
      throw new BadInput(Redaction.text(e.getMessage() + hint(text)));
    }
  }

  private static String hint(String text) {
    if (text.startsWith("http://") || text.startsWith("https://")) {
      return "; did you mean \"ws" + text.substring("http".length()) + "\"?";
    }
    return text.contains("://") ? "" : "; did you mean \"ws://" + text + "\"?";
  }
}
