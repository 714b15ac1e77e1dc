package dev.echosounder.scenario;

import dev.echosounder.check.JsonExpectation;
import dev.echosounder.check.MessageWords;
import io.cucumber.java.en.Then;
import java.util.List;

/** Looking into the message that a step received last. */
public final class JsonPathSteps {
  @Then("the JSON path {string} {condition}")
  @Phrase(
      means = "In the message I received last, the path leads to this.",
      example = "the JSON path \"$.price\" is within 0.01 of 3.5")
  public void path(String path, String condition) {
    pathOf(path, World.ME, condition);
  }

  @Then("the JSON path {string} of {who}'s message {condition}")
  @Phrase(
      means = "In the message that somebody received last, the path leads to this.",
      example = "the JSON path \"$.from\" of alice's message is \"bob\"")
  public void pathOf(String path, String who, String condition) {
    World world = World.current();
    Conversation in = world.of(who);
    Payload seen = in.lastReceived();
    JsonExpectation.At at =
        Mistake.in(() -> MessageWords.at(path, condition, world.memory(), world.clock()));
    Wanted wanted = Wanted.of(new JsonExpectation.Where(List.of(at)));
    if (!wanted.matches().test(seen)) {
      throw Mismatch.of(
          in,
          wanted.text(),
          seen.toString(),
          NearestMiss.among(List.of(seen), wanted).orElse(null));
    }
  }
}
