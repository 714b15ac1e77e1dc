package dev.echosounder.scenario;

import io.cucumber.java.en.Then;
import java.time.Duration;

/**
 * How many messages of a kind come. Messages of other kinds that come meanwhile are skipped, and
 * count as received.
 */
public final class QuantitySteps {
  @Then("within the next {int} messages {who} receive(s) {message}")
  @Phrase(
      means = "Such a message is among so many; those after it are left to later steps.",
      example = "within the next 3 messages I receive a text containing \"ready\"")
  public void withinNext(int count, String who, String words) throws InterruptedException {
    of(who, words).withinNext(count);
  }

  @Then("during {duration} every message {who} receive(s) is {message}")
  @Phrase(
      means = "Nothing else comes, and at least one does; waits the whole time.",
      example = "during 1s every message I receive is one where \"$.type\" is \"tick\"")
  public void every(Duration time, String who, String words) throws InterruptedException {
    of(who, words).every(time);
  }

  @Then("{who} receive(s) exactly {int} {message} within {duration}")
  @Phrase(
      means = "So many such messages and no more come; waits the whole time.",
      example = "I receive exactly 3 messages where \"$.type\" is \"tick\" within 1s")
  public void exactly(String who, int count, String words, Duration time)
      throws InterruptedException {
    of(who, words).exactly(count, time);
  }

  @Then("{who} receive(s) at least {int} {message} within {duration}")
  @Phrase(
      means = "So many such messages come; waits no longer than for the last of them.",
      example = "I receive at least 2 texts matching \"tick \\d+\" within 1s")
  public void atLeast(String who, int count, String words, Duration time)
      throws InterruptedException {
    of(who, words).atLeast(count, time);
  }

  @Then("{who} receive(s) at most {int} {message} within {duration}")
  @Phrase(
      means = "No more than so many such messages come; waits the whole time.",
      example = "I receive at most 2 texts containing \"retry\" within 1s")
  public void atMost(String who, int count, String words, Duration time)
      throws InterruptedException {
    of(who, words).atMost(count, time);
  }

  @Then("{who} receive(s) no {message} for {duration}")
  @Phrase(
      means = "No such message comes; waits the whole time, or until the connection has ended.",
      example = "I receive no text containing \"error\" for 2s")
  public void none(String who, String words, Duration time) throws InterruptedException {
    of(who, words).none(time);
  }

  private static Quantity of(String who, String words) {
    return new Quantity(World.current().of(who), Wanted.inWords(words));
  }
}
