package dev.echosounder.scenario;

import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Many clients at once. Each can also be named: {@code client 2 sends "Hello"}. */
public final class CrowdSteps {
  @Given("{int} clients connect")
  @Phrase(
      means = "Connects so many clients at once, called client 1, client 2 and so on.",
      example = "3 clients connect")
  public void connect(int count) throws InterruptedException {
    var unused = Crowd.connect(count);
  }

  @When("each client sends {string}")
  @Phrase(
      means = "Every one of the clients sends this text, all at the same time.",
      example = "each client sends \"Hello\"")
  public void send(String text) throws InterruptedException {
    crowd().send(Payload.text(text));
  }

  @When("each client sends a text of {size}")
  @Phrase(
      means = "Every one of the clients sends a text of this many letters, all at the same time.",
      example = "each client sends a text of 64 KiB")
  public void sendSize(Integer size) throws InterruptedException {
    crowd().send(SendSteps.letters(size));
  }

  @Then("each client receives {string}")
  @Phrase(
      means = "The next message of every one of the clients is this text.",
      example = "each client receives \"Hello\"")
  public void receive(String text) throws InterruptedException {
    next(in -> Wanted.exactly(Payload.text(text)), World.current().deadline());
  }

  @Then("each client receives the echo")
  @Phrase(
      means =
          "Every one of the clients gets back what it sent last. The latencies, of which"
              + " percentiles can be asked, count from when it was to be sent.",
      example = "each client receives the echo")
  public void echo() throws InterruptedException {
    World.current().measured(crowd().echoes(World.current().deadline()));
  }

  @Then("each client receives {string} within {duration}")
  @Phrase(
      means = "The next message of every one of the clients is this text, and is there in time.",
      example = "each client receives \"Hello\" within 2s")
  public void receiveWithin(String text, Duration limit) throws InterruptedException {
    next(in -> Wanted.exactly(Payload.text(text)), limit);
  }

  @Then("{int} messages from {who} at {int} per second reach each client within {duration}")
  @Phrase(
      means =
          "What one sends reaches all clients. The latencies, of which percentiles can be asked,"
              + " count from when a message was to be sent until the last client has it.",
      example = "20 messages from client 1 at 200 per second reach each client within 2s")
  public void broadcast(int count, String who, int perSecond, Duration limit)
      throws InterruptedException {
    IntFunction<String> text = i -> "broadcast " + (i + 1);
    Volley sent = Volley.send(World.current().of(who), count, perSecond, text, text);
    World.current().measured(crowd().fanOut(sent, limit));
  }

  @Then("each client receives nothing for {duration}")
  @Phrase(
      means = "No client receives a message; waits the whole time, once for all.",
      example = "each client receives nothing for 500 ms")
  public void nothing(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    for (Conversation in : World.current().crowd()) {
      new Reception(in).nothingFor(Duration.ofNanos(end - System.nanoTime()));
    }
  }

  private static void next(Function<Conversation, Wanted> wanted, Duration limit)
      throws InterruptedException {
    crowd().next(wanted, limit);
  }

  private static Crowd crowd() {
    return new Crowd(World.current().crowd());
  }
}
