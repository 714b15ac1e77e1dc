package dev.echosounder.daemon;

import dev.echosounder.check.Check;
import dev.echosounder.check.Idle;
import dev.echosounder.config.CheckKind;
import dev.echosounder.config.Forms;
import dev.echosounder.config.Key;
import dev.echosounder.config.Layout;
import dev.echosounder.config.Section;
import java.time.Duration;

/** {@code kind: idle}. */
final class IdleKind implements CheckKind {
  private static final Key<Duration> AT_MOST =
      Key.optional(
          "at_most",
          Forms.duration(Duration.ofMillis(500), Duration.ofMinutes(30)),
          "How long to wait for a cut; the timeout must be 1.6 times as long."
              + " Default: 2m, or what the timeout allows.");
  private static final Key<String> SEND =
      Key.optional("send", Forms.TEXT, "Try this text message as a heartbeat too.");

  @Override
  public String name() {
    return "idle";
  }

  @Override
  public String doc() {
    return "Finds after how long a silence a connection is cut, and which traffic prevents it.";
  }

  @Override
  public Layout layout() {
    return Layout.of(AT_MOST, SEND);
  }

  @Override
  public Check parse(Section section) {
    return new Idle(section.get(AT_MOST), section.get(SEND));
  }
}
