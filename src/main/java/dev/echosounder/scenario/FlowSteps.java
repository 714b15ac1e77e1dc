package dev.echosounder.scenario;

import dev.echosounder.ws.Bytes;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** TCP's own flow: who does not read, and who has no more to say. */
public final class FlowSteps {
  @When("{who} stop(s) reading")
  @Phrase(
      means =
          "Leaves everything that arrives in the kernel, until told to read again or to close; not"
              + " even the connection's end is seen.",
      example = "I stop reading")
  public void stop(String who) throws InterruptedException {
    Conversation in = World.current().of(who);
    in.open();
    in.connection().tcp().pauseReading();
  }

  @When("{who} read(s) again")
  @Phrase(means = "Reads what has arrived, and what comes, at will.", example = "I read again")
  public void read(String who) {
    World.current().of(who).connection().tcp().resumeReading();
  }

  @When("{who} read(s) at most {size} a second")
  @Phrase(
      means =
          "Leaves the rest in the kernel, so that the peer is held up, until told to read again or"
              + " to close.",
      example = "I read at most 20 KiB a second")
  public void slow(String who, Integer size) throws InterruptedException {
    if (size < 1) {
      throw new AssertionError("0 bytes a second is none: say \"" + who + " stop reading\"");
    }
    Conversation in = World.current().of(who);
    in.open();
    in.connection().tcp().readAtMost(size);
  }

  @When("{who} send(s) FIN")
  @Phrase(
      means =
          "Ends our direction of TCP (half-close), after a close frame or without one; what the"
              + " peer sends is still read.",
      example = "I send FIN")
  public void fin(String who) throws InterruptedException {
    Conversation in = World.current().of(who);
    in.open();
    in.connection().tcp().sendFin();
  }

  @Then("a binary message of {size} from {who} stalls for {duration}")
  @Phrase(
      means = "The peer reads so little that the message is not with the kernel in this time.",
      example = "a binary message of 32 MiB from me stalls for 300 ms")
  public void stalls(Integer size, String who, Duration time) throws InterruptedException {
    Conversation in = World.current().of(who.equals("me") ? World.ME : who);
    String expected = "a write of %d bytes to stall for %s".formatted(size, Mismatch.say(time));
    CompletableFuture<Void> sending = in.begin(Payload.binary(Bytes.of(new byte[size])));
    try {
      sending.get(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return;
    } catch (ExecutionException e) {
      throw Mismatch.of(in, expected, "it failed: " + e.getCause() + "; " + Mismatch.state(in));
    }
    throw Mismatch.of(in, expected, "the kernel has taken all of it; " + Mismatch.state(in));
  }
}
