package dev.echosounder.daemon;

import dev.echosounder.check.Expectation;
import dev.echosounder.check.Payload;
import dev.echosounder.config.Forms;
import dev.echosounder.config.Key;
import dev.echosounder.config.Layout;
import dev.echosounder.config.Section;
import dev.echosounder.ws.Bytes;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The keys of one message and its right answer. */
final class ExchangeKeys {
  static final Key<String> SEND = Key.optional("send", Forms.TEXT, "Send this text message.");
  static final Key<Bytes> SEND_BINARY =
      Key.optional("send_binary", Forms.HEX, "Send this binary message, as hex digits.");
  private static final Key<String> EXPECT =
      Key.optional("expect", Forms.TEXT, "Expect this text. Default: the same that was sent.");
  private static final Key<Bytes> EXPECT_BINARY =
      Key.optional("expect_binary", Forms.HEX, "Expect this binary message, as hex digits.");
  private static final Key<Pattern> EXPECT_REGEX =
      Key.optional("expect_regex", Forms.REGEX, "Expect a text in which this is found.");
  private static final Key<String> EXPECT_PREFIX =
      Key.optional("expect_prefix", Forms.TEXT, "Expect a text that begins like this.");

  private ExchangeKeys() {}

  static Layout layout() {
    return Layout.of(SEND, SEND_BINARY, EXPECT, EXPECT_BINARY, EXPECT_REGEX, EXPECT_PREFIX)
        .atMostOne(EXPECT, EXPECT_BINARY, EXPECT_REGEX, EXPECT_PREFIX);
  }

  /** The same where sending is a matter of choice. */
  static Layout optional() {
    return layout()
        .needs(EXPECT, SEND, SEND_BINARY)
        .needs(EXPECT_BINARY, SEND, SEND_BINARY)
        .needs(EXPECT_REGEX, SEND, SEND_BINARY)
        .needs(EXPECT_PREFIX, SEND, SEND_BINARY);
  }

  /** Null if the section says nothing of what to send. */
  static @Nullable Payload payload(Section section) {
    String text = section.get(SEND);
    Bytes binary = section.get(SEND_BINARY);
    if (text != null) {
      return Payload.text(text);
    }
    return binary == null ? null : Payload.binary(binary);
  }

  /** The same as was sent, unless the section says otherwise. */
  static Expectation expectation(Section section, Payload payload) {
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
