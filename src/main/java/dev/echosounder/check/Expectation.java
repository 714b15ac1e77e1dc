package dev.echosounder.check;

import dev.echosounder.ws.Opcode;
import java.util.regex.Pattern;

/** Which answer is right. */
public sealed interface Expectation {
  /** Whether this is the right answer. */
  boolean matches(Payload answer);

  /** The right answer, for a person. */
  String describe();

  /** The same type and content. */
  record Exactly(Payload payload) implements Expectation {
    @Override
    public boolean matches(Payload answer) {
      return payload.equals(answer);
    }

    @Override
    public String describe() {
      return payload.toString();
    }
  }

  /** A text message in which the pattern is found; anchor it with {@code ^} and {@code $}. */
  record Matching(Pattern pattern) implements Expectation {
    @Override
    public boolean matches(Payload answer) {
      return answer.opcode() == Opcode.TEXT && pattern.matcher(answer.bytes().asUtf8()).find();
    }

    @Override
    public String describe() {
      return "text matching /" + pattern.pattern() + "/";
    }

    /** By what is matched: patterns themselves are equal only to themselves. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Matching that
          && pattern.pattern().equals(that.pattern.pattern())
          && pattern.flags() == that.pattern.flags();
    }

    @Override
    public int hashCode() {
      return pattern.pattern().hashCode();
    }
  }

  /** A text message that begins like this, for servers that answer {@code echo: Hello}. */
  record StartingWith(String prefix) implements Expectation {
    @Override
    public boolean matches(Payload answer) {
      return answer.opcode() == Opcode.TEXT && answer.bytes().asUtf8().startsWith(prefix);
    }

    @Override
    public String describe() {
      return "text starting with \"" + prefix + "\"";
    }
  }
}
