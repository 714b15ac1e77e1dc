package dev.echosounder.daemon;

import dev.echosounder.check.Check;
import dev.echosounder.check.Payload;
import dev.echosounder.config.CheckKind;
import dev.echosounder.config.Forms;
import dev.echosounder.config.Key;
import dev.echosounder.config.Layout;
import dev.echosounder.config.Section;
import dev.echosounder.hold.BackOff;
import dev.echosounder.hold.Heartbeat;
import dev.echosounder.hold.Hold;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code kind: hold}. */
final class HoldKind implements CheckKind {
  private static final Key<Heartbeat> HEARTBEAT =
      Key.optional(
          "heartbeat",
          Forms.choice(
              new TreeMap<>(Map.of("ping", new Heartbeat.Ping(), "none", new Heartbeat.None()))),
          "ping or none; or give send and expect for a message. Default: ping.");
  private static final Key<Duration> LIFETIME =
      Key.optional(
          "lifetime",
          Forms.duration(Duration.ofSeconds(1), Duration.ofDays(30)),
          "Close and open anew after so long, which is no drop. Default: never.");
  private static final Key<Duration> FIRST =
      Key.optional(
          "reconnect_within",
          Forms.duration(Duration.ofMillis(1), Duration.ofHours(1)),
          "After a first drop, connect again at a random moment within this. Default: 1s.");
  private static final Key<Duration> AT_MOST =
      Key.optional(
          "reconnect_at_most",
          Forms.duration(Duration.ofMillis(1), Duration.ofDays(1)),
          "It doubles with every failure in a row up to this. Default: 1m.");
  private static final Key<Duration> STABLE =
      Key.optional(
          "stable_after",
          Forms.duration(Duration.ofMillis(1), Duration.ofDays(1)),
          "A connection that lived this long ends the row. Default: 1m.");

  @Override
  public String name() {
    return "hold";
  }

  @Override
  public String doc() {
    return "Keeps one connection open, with a heartbeat, and tells every drop by its cause.";
  }

  @Override
  public Layout layout() {
    return ExchangeKeys.optional()
        .and(Layout.of(HEARTBEAT, LIFETIME, FIRST, AT_MOST, STABLE))
        .atMostOne(HEARTBEAT, ExchangeKeys.SEND, ExchangeKeys.SEND_BINARY);
  }

  @Override
  public @Nullable Check parse(Section section) {
    BackOff usual = BackOff.DEFAULT;
    Duration first = section.get(FIRST, usual.first());
    Duration most =
        section.get(AT_MOST, first.compareTo(usual.atMost()) > 0 ? first : usual.atMost());
    if (most.compareTo(first) < 0) {
      section.problem(AT_MOST, "expected at least reconnect_within");
      return null;
    }
    BackOff backOff = new BackOff(first, most, section.get(STABLE, usual.stable()));
    return new Hold(heartbeat(section), backOff, section.get(LIFETIME));
  }

  private static Heartbeat heartbeat(Section section) {
    Payload payload = ExchangeKeys.payload(section);
    return payload == null
        ? section.get(HEARTBEAT, new Heartbeat.Ping())
        : new Heartbeat.Exchange(payload, ExchangeKeys.expectation(section, payload));
  }
}
