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
import java.util.Objects;

/** {@code kind: echo}. */
final class EchoKind implements CheckKind {
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
    return ExchangeKeys.layout()
        .and(Layout.of(TIMES, GREETINGS))
        .exactlyOne(ExchangeKeys.SEND, ExchangeKeys.SEND_BINARY);
  }

  @Override
  public Check parse(Section section) {
    Payload payload = Objects.requireNonNull(ExchangeKeys.payload(section));
    Expectation expectation = ExchangeKeys.expectation(section, payload);
    return new Echo(payload, expectation, section.get(TIMES, 1), section.get(GREETINGS, 0));
  }
}
