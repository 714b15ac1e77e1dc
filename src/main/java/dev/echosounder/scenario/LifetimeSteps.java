package dev.echosounder.scenario;

import dev.echosounder.ws.Event;
import io.cucumber.java.en.Then;
import java.time.Duration;

/** How long connections last. */
public final class LifetimeSteps {
  @Then("{connection} stays open for {duration}")
  @Phrase(
      means = "The connection does not end; waits the whole time.",
      example = "the connection stays open for 2s")
  public void staysOpen(String who, Duration time) throws InterruptedException {
    Conversation in = World.current().of(who);
    in.open();
    boolean ended =
        in.connection().timeline().await(Event.Ended.class::isInstance, time).isPresent();
    if (ended) {
      throw Mismatch.of(in, "an open connection for " + Mismatch.say(time), Mismatch.state(in));
    }
  }

  @Then("{connection} outlives the server's HTTP keep-alive of at most {duration}")
  @Phrase(
      means =
          "Opens a plain HTTP connection to the same server and waits until the server drops it;"
              + " the WebSocket still echoes afterwards.",
      example = "the connection outlives the server's HTTP keep-alive of at most 10s")
  public void outlives(String who, Duration limit) throws InterruptedException {
    Conversation in = World.current().of(who);
    in.open();
    KeepAlive.Result plain = KeepAlive.watch(in.connection().target().uri(), limit);
    if (!plain.droppedByServer()) {
      throw Mismatch.of(
          in,
          "the server to drop an idle plain HTTP connection within " + Mismatch.say(limit),
          plain.detail());
    }
    if (in.ending().isPresent()) {
      String expected = "a WebSocket that outlives plain HTTP, which the server " + plain.detail();
      throw Mismatch.of(in, expected, Mismatch.state(in));
    }
    in.send(Payload.text("still here"));
    new Reception(in).next(Wanted.exactly(in.lastSent()));
  }
}
