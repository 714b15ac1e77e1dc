package dev.echosounder.scenario;

import dev.echosounder.check.Expectation;
import dev.echosounder.check.MessageWords;
import dev.echosounder.check.Template;
import dev.echosounder.ws.Message;
import dev.echosounder.ws.Opcode;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A message that a step waits for.
 *
 * @param text how a person says it: {@code the text "Hello"}
 * @param matches whether this is it
 * @param exact the very payload, if the step names it; the nearest miss is measured against it
 * @param expectation what matches, if it can say more about a miss than that it is one
 */
record Wanted(
    String text,
    Predicate<Payload> matches,
    @Nullable Payload exact,
    @Nullable Expectation expectation) {
  Wanted(String text, Predicate<Payload> matches, @Nullable Payload exact) {
    this(text, matches, exact, null);
  }

  /** In the words of {@link MessageWords}, with what the scenario remembers. */
  static Wanted inWords(String words) {
    World world = World.current();
    return of(Mistake.in(() -> MessageWords.parse(words, world.memory(), world.clock())));
  }

  static Wanted of(Expectation expectation) {
    if (expectation instanceof Expectation.Exactly exactly) {
      return exactly(new Payload(exactly.payload().opcode(), exactly.payload().bytes()));
    }
    Payload part =
        expectation instanceof Expectation.Containing containing
            ? Payload.text(containing.part())
            : null;
    String article = expectation instanceof Expectation.Matching ? "a " : "";
    return new Wanted(
        article + expectation.describe(), p -> expectation.matches(p.plain()), part, expectation);
  }

  static Wanted exactly(Payload payload) {
    return new Wanted(payload.toString(), payload::equals, payload);
  }

  static Wanted textContaining(String part) {
    return of(new Expectation.Containing(part));
  }

  /** The whole text must match. */
  static Wanted textMatching(String regex, Template.Filling known) {
    return of(Mistake.in(() -> MessageWords.matching(regex, known)));
  }

  static Wanted anyText() {
    return of(new Expectation.OfType(Opcode.TEXT));
  }

  static Wanted anyBinary() {
    return of(new Expectation.OfType(Opcode.BINARY));
  }

  Wanted ofSize(int size) {
    return new Wanted(
        text + " of " + size + " bytes", matches.and(p -> p.bytes().size() == size), null);
  }

  boolean matches(Message message) {
    return matches.test(Payload.of(message));
  }

  /** What a right message has to be remembered for, by name. */
  Map<String, String> captures(Message message) {
    return expectation == null ? Map.of() : expectation.captures(Payload.of(message).plain());
  }
}
