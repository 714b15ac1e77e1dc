package dev.echosounder.hold;

import dev.echosounder.check.Check;
import dev.echosounder.check.Dialogue;
import dev.echosounder.check.Handshake;
import dev.echosounder.check.Outcome;
import dev.echosounder.check.Ping;
import dev.echosounder.check.Timer;
import dev.echosounder.check.Turn;
import dev.echosounder.ws.Client;
import dev.echosounder.ws.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is kept open. The daemon gives it to a {@link Keeper}; as a check that runs
 * once, it connects, sends one heartbeat and closes.
 *
 * @param lifetime after which the connection is closed and opened anew, which is no drop; null for
 *     never
 */
public record Hold(Heartbeat heartbeat, BackOff backOff, @Nullable Duration lifetime)
    implements Check {
  /** Messages of the server that may come before the answer to the one heartbeat of a run. */
  private static final int STRAY_MESSAGES = 10_000;

  @Override
  public String kind() {
    return "hold";
  }

  @Override
  public CompletableFuture<Outcome> run(
      Client client, Target target, Duration deadline, Timer timer) {
    return once().run(client, target, deadline, timer);
  }

  private Check once() {
    if (heartbeat instanceof Heartbeat.Exchange exchange) {
      return new Dialogue(
          List.of(
              new Turn.Say(exchange.payload()),
              new Turn.Expect(new Turn.Always(exchange.reply()), Map.of(), STRAY_MESSAGES)));
    }
    return heartbeat instanceof Heartbeat.Ping ? new Ping(1) : new Handshake();
  }
}
