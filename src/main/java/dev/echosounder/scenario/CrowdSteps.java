package dev.echosounder.scenario;

import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Many clients at once. Each can also be named: {@code client 2 sends "Hello"}. */
public final class CrowdSteps {
  @Given("{int} clients connect")
  @Phrase(
      means = "Connects so many clients at once, called client 1, client 2 and so on.",
      example = "3 clients connect")
  public void connect(int count) throws InterruptedException {
    List<Conversation> crowd = new ArrayList<>(count);
    for (int i = 1; i <= count; i++) {
      crowd.add(World.current().connect("client " + i));
    }
    for (Conversation in : crowd) {
      in.open();
    }
  }

  @When("each client sends {string}")
  @Phrase(
      means = "Every one of the clients sends this text.",
      example = "each client sends \"Hello\"")
  public void send(String text) throws InterruptedException {
    for (Conversation in : World.current().crowd()) {
      in.send(Payload.text(text));
    }
  }

  @Then("each client receives {string}")
  @Phrase(
      means = "The next message of every one of the clients is this text.",
      example = "each client receives \"Hello\"")
  public void receive(String text) throws InterruptedException {
    for (Conversation in : World.current().crowd()) {
      new Reception(in).next(Wanted.exactly(Payload.text(text)));
    }
  }

  @Then("each client receives the echo")
  @Phrase(
      means = "Every one of the clients gets back what it sent last.",
      example = "each client receives the echo")
  public void echo() throws InterruptedException {
    for (Conversation in : World.current().crowd()) {
      new Reception(in).next(Wanted.exactly(in.lastSent()));
    }
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
}
