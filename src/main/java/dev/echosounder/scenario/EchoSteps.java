package dev.echosounder.scenario;

import dev.echosounder.ws.Event;
import dev.echosounder.ws.Message;
import dev.echosounder.ws.Opcode;
import io.cucumber.java.en.Then;
import java.time.Duration;
import java.util.List;

/** What was sent comes back; how fast is measured where the bytes arrive, not where we wait. */
public final class EchoSteps {
  @Then("{who} receive(s) the echo")
  @Phrase(
      means = "The next message is what was sent last, of the same data type.",
      example = "I receive the echo")
  public void echo(String who) throws InterruptedException {
    Conversation in = World.current().of(who);
    new Reception(in).next(Wanted.exactly(in.lastSent()));
  }

  @Then("{who} receive(s) the echo of {string}")
  @Phrase(
      means = "The next message is this text, or this text after the peer's prefix.",
      example = "I receive the echo of \"Hello\"")
  public void echoOf(String who, String text) throws InterruptedException {
    Conversation in = World.current().of(who);
    Payload exact = Payload.text(text);
    new Reception(in)
        .next(
            new Wanted(
                "the echo of \"" + text + "\"",
                p -> p.isText() && p.asText().endsWith(text),
                exact));
  }

  @Then("{who} receive(s) the echo within {duration}")
  @Phrase(
      means = "The next message is what was sent last; from sending it took no longer than this.",
      example = "I receive the echo within 200 ms")
  public void echoWithin(String who, Duration limit) throws InterruptedException {
    Conversation in = World.current().of(who);
    timed(in, in.lastSent(), limit, "the echo");
  }

  @Then("{who} receive(s) every echo in order")
  @Phrase(
      means = "The next messages are all that was sent and has not come back yet, in that order.",
      example = "I receive every echo in order")
  public void every(String who) throws InterruptedException {
    Conversation in = World.current().of(who);
    new Reception(in).inOrder(in.notYetEchoed().stream().map(Wanted::exactly).toList());
  }

  @Then("each of {int} echoes returns within {duration}")
  @Phrase(
      means = "Sends so many texts, one after the other; each comes back in time.",
      example = "each of 50 echoes returns within 200 ms")
  public void each(int count, Duration limit) throws InterruptedException {
    Conversation in = World.current().of(World.ME);
    for (int i = 1; i <= count; i++) {
      in.send(Payload.text("echo " + i));
      timed(in, in.lastSent(), limit, "echo %d of %d".formatted(i, count));
    }
  }

  @Then("{who} see(s) {string}")
  @Phrase(
      means =
          "What an application shows: the next text, or \"network not reachable\" once the"
              + " connection failed or was lost.",
      example = "I see \"network not reachable\"")
  public void sees(String who, String text) throws InterruptedException {
    Conversation in = World.current().of(who);
    if (text.equals("network not reachable")) {
      lost(in);
    } else {
      new Reception(in).next(Wanted.exactly(Payload.text(text)));
    }
  }

  private static void lost(Conversation in) throws InterruptedException {
    in.outcome();
    if (in.failure().isEmpty() && !in.ended("the connection to be lost", in.deadline()).isDrop()) {
      throw Mismatch.of(in, "the connection to be lost", Mismatch.state(in));
    }
    in.expectEnd();
  }

  /** Waits longer than allowed, so that the failure can say how late it came. */
  private static void timed(Conversation in, Payload sent, Duration limit, String what)
      throws InterruptedException {
    String within = what + " within " + Mismatch.say(limit);
    Wanted exact = Wanted.exactly(sent);
    Duration patience = in.deadline().compareTo(limit) > 0 ? in.deadline() : limit;
    Message came =
        new Reception(in)
            .next(new Wanted(within + ": " + exact.text(), exact.matches(), sent), patience);
    Duration took = Duration.ofNanos(came.nanos() - sentAt(in));
    if (took.compareTo(limit) > 0) {
      throw Mismatch.of(
          in,
          within,
          exact.text() + " after " + Mismatch.say(took),
          "it came, but " + Mismatch.say(took.minus(limit)) + " too late");
    }
  }

  private static long sentAt(Conversation in) {
    List<Event> events = in.connection().timeline().events();
    for (int i = events.size() - 1; i >= 0; i--) {
      if (events.get(i) instanceof Event.Sent sent
          && sent.frame().opcode().isData()
          && sent.frame().opcode() != Opcode.CONTINUATION) {
        return sent.nanos();
      }
    }
    throw new AssertionError(in.who() + " has sent nothing that could come back");
  }
}
