package dev.echosounder.scenario;

import io.cucumber.java.en.Given;
import java.time.Duration;

/** What holds for the whole scenario. */
public final class ScenarioSteps {
  @Given("every wait ends after {duration}")
  @Phrase(
      means = "How long steps wait for what they expect, 5 s unless told otherwise.",
      example = "every wait ends after 2s")
  public void deadline(Duration wait) {
    World.current().deadline(wait);
  }

  @Given("further messages don't matter")
  @Phrase(
      means = "Messages that no step has received do not fail the scenario at its end.",
      example = "further messages don't matter")
  public void messages() {
    World.current().ignoreMessages();
  }

  @Given("drops don't matter")
  @Phrase(
      means =
          "Connections that failed or ended, with no step that says so, do not fail the scenario"
              + " at its end.",
      example = "drops don't matter")
  public void drops() {
    World.current().ignoreDrops();
  }
}
