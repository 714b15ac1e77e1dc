package dev.echosounder.scenario;

import dev.echosounder.check.Idle;
import dev.echosounder.check.IdleFinding;
import dev.echosounder.check.Outcome;
import dev.echosounder.ws.Ending;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** After how long a silence connections are cut. */
public final class IdleSteps {
  private static final Duration MARGIN = Duration.ofSeconds(5);

  @When("the idle limit is looked for, waiting at most {duration}")
  @Phrase(
      means =
          "Opens four connections, which are silent or send heartbeats, and waits until they are"
              + " cut, or for so long; takes up to 1.6 times as long.",
      example = "the idle limit is looked for, waiting at most 10s")
  public void look(Duration atMost) throws InterruptedException {
    Idle idle = new Idle(atMost, null);
    World world = World.current();
    Duration deadline = idle.needs().plus(MARGIN);
    try {
      Outcome outcome =
          idle.run(DefaultTarget.client(), world.target(), deadline, Shared.keepers().timer())
              .get(deadline.plus(MARGIN).toNanos(), TimeUnit.NANOSECONDS);
      if (outcome instanceof Outcome.Passed passed && passed.evidence().idle() != null) {
        world.found(passed.evidence().idle());
      } else {
        throw new AssertionError("expected to find out about silence, got: " + outcome);
      }
    } catch (TimeoutException e) {
      throw new AssertionError("the search for the idle limit did not end", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  @Then("silence is cut by {ending} after {duration} to {duration}")
  @Phrase(
      means = "The limit lies between these, and connections are cut like this.",
      example = "silence is cut by eof after 1s to 3s")
  public void cut(Ending.Cause cause, Duration least, Duration most) {
    IdleFinding found = World.current().found();
    Duration limit = found.limit().orElse(Duration.ZERO);
    if (found.by() != cause || limit.compareTo(least) < 0 || limit.compareTo(most) > 0) {
      throw mismatch(
          "silence that is cut by %s after %s to %s"
              .formatted(cause.label(), Mismatch.say(least), Mismatch.say(most)),
          found);
    }
  }

  @Then("silence is not cut")
  @Phrase(means = "Not for as long as was waited.", example = "silence is not cut")
  public void notCut() {
    IdleFinding found = World.current().found();
    if (found.nature() != IdleFinding.Nature.NOT_CUT) {
      throw mismatch("silence that is not cut", found);
    }
  }

  @Then("pings keep the connection alive")
  @Phrase(
      means = "A connection on which we send pings outlives the idle limit.",
      example = "pings keep the connection alive")
  public void pings() {
    IdleFinding found = World.current().found();
    if (found.ping() != IdleFinding.Effect.KEEPS_ALIVE) {
      throw mismatch("pings that keep a connection alive", found);
    }
  }

  private static AssertionError mismatch(String expected, IdleFinding found) {
    return new AssertionError(
        "expected %s\n  expected:     %s\n  seen:         %s"
            .formatted(expected, expected, found.sentence()));
  }
}
