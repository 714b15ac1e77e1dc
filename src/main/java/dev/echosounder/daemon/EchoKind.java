package dev.echosounder.daemon;

import dev.echosounder.check.Check;
import dev.echosounder.check.Echo;
import dev.echosounder.check.Expectation;
import dev.echosounder.check.Payload;
import dev.echosounder.config.CheckKind;
import dev.echosounder.config.Forms;
import dev.echosounder.config.Key;
import dev.echosounder.config.Layout;
import dev.echosounder.config.Section;
import dev.echosounder.ws.Bytes;
import java.util.regex.Pattern;

/** {@code kind: echo}. */
final class EchoKind implements CheckKind {
  private static final Key<String> SEND =
      Key.optional("send", Forms.TEXT, "Send this text message.");
  private static final Key<Bytes> SEND_BINARY =
      Key.optional("send_binary", Forms.HEX, "Send this binary message, as hex digits.");
  private static final Key<String> EXPECT =
      Key.optional("expect", Forms.TEXT, "Expect this text. Default: the same that was sent.");
  private static final Key<Bytes> EXPECT_BINARY =
      Key.optional("expect_binary", Forms.HEX, "Expect this binary message, as hex digits.");
  private static final Key<Pattern> EXPECT_REGEX =
      Key.optional("expect_regex", Forms.REGEX, "Expect a text in which this is found.");
  private static final Key<String> EXPECT_PREFIX =
      Key.optional("expect_prefix", Forms.TEXT, "Expect a text that begins like this.");
  private static final Key<Integer> TIMES =
      Key.optional("times", Forms.integer(1, 10_000), "How many, one after the other. Default: 1.");
  private static final Key<Integer> GREETINGS =
      Key.optional(
          "greetings",
          Forms.integer(0, 10_000),
          "How many messages the server sends by itself first. Default: 0.");

  @Override
  public String name() {
    return "echo";
  }

  @Override
  public String doc() {
    return "Sends a message and expects the next one to be the right answer.";
  }

  @Override
  public Layout layout() {
    return Layout.of(
            SEND, SEND_BINARY, EXPECT, EXPECT_BINARY, EXPECT_REGEX, EXPECT_PREFIX, TIMES, GREETINGS)
        .exactlyOne(SEND, SEND_BINARY)
        .atMostOne(EXPECT, EXPECT_BINARY, EXPECT_REGEX, EXPECT_PREFIX);
  }

  @Override
  public Check parse(Section section) {
    String text = section.get(SEND);
    Payload payload =
        text == null ? Payload.binary(section.get(SEND_BINARY, Bytes.EMPTY)) : Payload.text(text);
    return new Echo(
        payload, expectation(section, payload), section.get(TIMES, 1), section.get(GREETINGS, 0));
  }

  private static Expectation expectation(Section section, Payload payload) {
    String text = section.get(EXPECT);
    Bytes binary = section.get(EXPECT_BINARY);
    Pattern regex = section.get(EXPECT_REGEX);
    String prefix = section.get(EXPECT_PREFIX);
    if (regex != null) {
      return new Expectation.Matching(regex);
    }
    if (prefix != null) {
      return new Expectation.StartingWith(prefix);
    }
    if (binary != null) {
      return new Expectation.Exactly(Payload.binary(binary));
    }
    return new Expectation.Exactly(text == null ? payload : Payload.text(text));
  }
}
