package dev.echosounder.scenario;

import dev.echosounder.ws.Message;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A message that a step waits for.
 *
 * @param text how a person says it: {@code the text "Hello"}
 * @param matches whether this is it
 * @param exact the very payload, if the step names it; the nearest miss is measured against it
 */
record Wanted(String text, Predicate<Payload> matches, @Nullable Payload exact) {
  static Wanted exactly(Payload payload) {
    return new Wanted(payload.toString(), payload::equals, payload);
  }

  static Wanted textContaining(String part) {
    return new Wanted(
        "a text containing \"" + part + "\"",
        p -> p.isText() && p.asText().contains(part),
        Payload.text(part));
  }

  /** The whole text must match. */
  static Wanted textMatching(String regex) {
    Pattern pattern = Pattern.compile(regex, Pattern.DOTALL);
    return new Wanted(
        "a text matching /" + regex + "/",
        p -> p.isText() && pattern.matcher(p.asText()).matches(),
        null);
  }

  static Wanted anyText() {
    return new Wanted("a text", Payload::isText, null);
  }

  static Wanted anyBinary() {
    return new Wanted("a binary message", p -> !p.isText(), null);
  }

  Wanted ofSize(int size) {
    return new Wanted(
        text + " of " + size + " bytes", matches.and(p -> p.bytes().size() == size), null);
  }

  boolean matches(Message message) {
    return matches.test(Payload.of(message));
  }
}
