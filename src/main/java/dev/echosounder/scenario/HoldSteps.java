package dev.echosounder.scenario;

import dev.echosounder.check.Expectation;
import dev.echosounder.check.Payload;
import dev.echosounder.hold.BackOff;
import dev.echosounder.hold.Ended;
import dev.echosounder.hold.Heartbeat;
import dev.echosounder.hold.Hold;
import dev.echosounder.hold.Keeper;
import dev.echosounder.ws.CloseCode;
import dev.echosounder.ws.Ending;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Connections that are kept open: heartbeats, drops, recovery, lifetime. */
public final class HoldSteps {
  /** Quick, so that a scenario need not wait; a daemon takes its time. */
  private static final BackOff BACK_OFF =
      new BackOff(Duration.ofMillis(50), Duration.ofSeconds(1), Duration.ofSeconds(1));

  private static final Duration SELDOM = Duration.ofHours(1);

  @Given("{who} keep(s) a connection open")
  @Phrase(
      means = "Opens a connection, and another one whenever it drops. Sends nothing.",
      example = "I keep a connection open")
  public void keep(String who) throws InterruptedException {
    keep(who, new Heartbeat.None(), SELDOM, null);
  }

  @Given("{who} keep(s) a connection open with a ping every {duration}")
  @Phrase(
      means = "The same with a heartbeat, whose pong has to come before the next ping.",
      example = "I keep a connection open with a ping every 100 ms")
  public void keepByPings(String who, Duration every) throws InterruptedException {
    keep(who, new Heartbeat.Ping(), every, null);
  }

  @Given("{who} keep(s) a connection open with {string} answered by {string} every {duration}")
  @Phrase(
      means = "The same with messages for a heartbeat; other messages are let pass.",
      example = "I keep a connection open with \"ping\" answered by \"ping\" every 100 ms")
  public void keepByMessages(String who, String sent, String answer, Duration every)
      throws InterruptedException {
    Expectation reply = new Expectation.Exactly(Payload.text(answer));
    keep(who, new Heartbeat.Exchange(Payload.text(sent), reply), every, null);
  }

  @Given("{who} keep(s) a connection open and reopen(s) it every {duration}")
  @Phrase(
      means = "A planned lifetime: closing and opening anew is no drop.",
      example = "I keep a connection open and reopen it every 1s")
  public void keepForALifetime(String who, Duration lifetime) throws InterruptedException {
    keep(who, new Heartbeat.None(), SELDOM, lifetime);
  }

  private static void keep(
      String who, Heartbeat heartbeat, Duration every, @Nullable Duration lifetime)
      throws InterruptedException {
    World world = World.current();
    Keeper.Settings settings =
        new Keeper.Settings(
            new Hold(heartbeat, BACK_OFF, lifetime),
            every,
            every.compareTo(world.deadline()) < 0 ? every : world.deadline());
    Kept kept = world.keep(who);
    kept.start(listener -> Keeper.start(Shared.keepers(), world::target, settings, listener));
    kept.opened(1, world.deadline());
  }

  @Then("{connection} drops with {ending}")
  @Phrase(
      means = "The kept connection ends for this cause. Each drop has to be told by one step.",
      example = "the connection drops with reset")
  public void drops(String who, Ending.Cause cause) throws InterruptedException {
    dropsWithin(who, cause, World.current().deadline());
  }

  @Then("{connection} drops with {ending} within {duration}")
  @Phrase(
      means = "The same, in time from now.",
      example = "the connection drops with liveness_timeout within 2s")
  public void dropsWithin(String who, Ending.Cause cause, Duration limit)
      throws InterruptedException {
    Kept kept = World.current().kept(who);
    String expected = "a drop by " + cause.label();
    Ending seen = kept.drop(expected, limit).ending();
    if (seen.cause() != cause) {
      throw kept.mismatch(expected, seen.toString());
    }
  }

  @Then("{connection} drops with {ending} and the code {closeCode}")
  @Phrase(
      means = "The same, with this close code; 1006 if the peer sent none.",
      example = "the connection drops with peer_error and the code 1011")
  public void dropsWithCode(String who, Ending.Cause cause, Integer code)
      throws InterruptedException {
    Kept kept = World.current().kept(who);
    String expected = "a drop by " + cause.label() + " with " + CloseCode.describe(code);
    Ended seen = kept.drop(expected, World.current().deadline());
    if (seen.ending().cause() != cause || seen.ending().code() != code) {
      throw kept.mismatch(expected, seen.ending().toString());
    }
  }

  @Then("{connection} is back within {duration}")
  @Phrase(
      means = "From the drop that was told last until it was open again.",
      example = "the connection is back within 2s")
  public void back(String who, Duration limit) throws InterruptedException {
    Kept kept = World.current().kept(who);
    String expected = "a connection that is back within " + Mismatch.say(limit);
    Duration took = kept.recovery(expected, limit.plus(World.current().deadline()));
    if (took.compareTo(limit) > 0) {
      throw kept.mismatch(expected, "it was back after " + Mismatch.say(took));
    }
  }

  @Then("{connection} has dropped {int} time(s)")
  @Phrase(
      means = "So far, whatever the causes, which need no other step then.",
      example = "the connection has dropped 0 times")
  public void dropped(String who, Integer times) {
    Kept kept = World.current().kept(who);
    int seen = kept.drops();
    if (seen != times) {
      throw kept.mismatch(times + " drops", String.valueOf(seen));
    }
  }

  @Then("{connection} has opened {int} times")
  @Phrase(
      means = "Waits until the kept connection has opened so often, the first time counted.",
      example = "the connection has opened 2 times")
  public void opened(String who, Integer times) throws InterruptedException {
    World.current().kept(who).opened(times, World.current().deadline());
  }

  @Then("{connection} has {int} heartbeats answered")
  @Phrase(means = "Waits until so many were.", example = "the connection has 3 heartbeats answered")
  public void heartbeats(String who, Integer times) throws InterruptedException {
    World.current().kept(who).heartbeats(times, World.current().deadline());
  }
}
