package dev.echosounder.daemon;

import dev.echosounder.check.Check;
import dev.echosounder.check.Ping;
import dev.echosounder.config.CheckKind;
import dev.echosounder.config.Forms;
import dev.echosounder.config.Key;
import dev.echosounder.config.Layout;
import dev.echosounder.config.Section;

/** {@code kind: ping}. */
final class PingKind implements CheckKind {
  private static final Key<Integer> TIMES =
      Key.optional("times", Forms.integer(1, 10_000), "How many, one after the other. Default: 1.");

  @Override
  public String name() {
    return "ping";
  }

  @Override
  public String doc() {
    return "Sends ping frames and expects their pongs (RFC 6455 §5.5.2).";
  }

  @Override
  public Layout layout() {
    return Layout.of(TIMES);
  }

  @Override
  public Check parse(Section section) {
    return new Ping(section.get(TIMES, 1));
  }
}
