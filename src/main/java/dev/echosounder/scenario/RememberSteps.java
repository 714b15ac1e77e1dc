package dev.echosounder.scenario;

import dev.echosounder.check.Json;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.When;

/**
 * Values for later steps, where {@code {{name}}} stands for them: in texts, doc strings, tables,
 * JSON paths and conditions, headers, credentials and the endpoint.
 */
public final class RememberSteps {
  @When("{who} remember(s) {string} as {string}")
  @Phrase(
      means = "Keeps what a JSON path leads to in the message received last, for {{name}}.",
      example = "I remember \"$.id\" as \"id\"")
  public void path(String who, String path, String name) {
    World world = World.current();
    Conversation in = world.of(who);
    Payload seen = in.lastReceived();
    Json.Path leading = Mistake.in(() -> Json.Path.of(world.fill(path)));
    String value =
        Json.parse(seen.asText())
            .flatMap(json -> json.at(leading))
            .orElseThrow(
                () ->
                    Mismatch.of(
                        in,
                        "something to remember as %s at %s".formatted(name, path),
                        "nothing there in " + seen));
    world.memory().remember(name, value);
  }

  @When("{who} remember(s) the text as {string}")
  @Phrase(
      means = "Keeps the whole text received last, for {{name}}.",
      example = "I remember the text as \"greeting\"")
  public void text(String who, String name) {
    Conversation in = World.current().of(who);
    Payload seen = in.lastReceived();
    if (!seen.isText()) {
      throw Mismatch.of(in, "a text to remember as " + name, seen.toString());
    }
    World.current().memory().remember(name, seen.asText());
  }

  @Given("{string} is remembered as {string}")
  @Phrase(
      means = "Keeps this value, for {{name}}; {{uuid}} is known always, another in each scenario.",
      example = "\"user-{{uuid}}\" is remembered as \"user\"")
  public void value(String value, String name) {
    World.current().memory().remember(name, World.current().fill(value));
  }
}
