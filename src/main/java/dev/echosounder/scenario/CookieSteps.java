package dev.echosounder.scenario;

import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import java.util.Map;

/**
 * Cookies that servers set. A scenario keeps them, and sends them with its later connections to the
 * same host, as a browser does; the next scenario begins without any.
 */
public final class CookieSteps {
  @Given("cookies are not kept")
  @Phrase(
      means = "From here on, the scenario ignores the cookies that servers set, and sends none.",
      example = "cookies are not kept")
  public void notKept() {
    World.current().ignoreCookies();
  }

  @Given("the cookies are forgotten")
  @Phrase(
      means = "Throws away the cookies that servers have set so far, as a new visitor would.",
      example = "the cookies are forgotten")
  public void forget() {
    World.current().cookies().clear();
  }

  @Then("the cookie {string} was set to {string}")
  @Phrase(
      means = "A server has set this cookie, and it would be sent to the endpoint (RFC 6265 §5.4).",
      example = "the cookie \"seat\" was set to \"17\"")
  public void set(String name, String value) {
    Map<String, String> seen = seen();
    if (!value.equals(seen.get(name))) {
      throw Mismatch.of(last(), "the cookie %s=%s".formatted(name, value), words(name, seen));
    }
  }

  @Then("the cookie {string} was set")
  @Phrase(
      means = "A server has set this cookie, to whatever, and it would be sent to the endpoint.",
      example = "the cookie \"JSESSIONID\" was set")
  public void set(String name) {
    Map<String, String> seen = seen();
    if (!seen.containsKey(name)) {
      throw Mismatch.of(last(), "the cookie " + name, words(name, seen));
    }
  }

  @Then("the cookie {string} was not set")
  @Phrase(
      means = "No cookie of this name would be sent to the endpoint because a server had set it.",
      example = "the cookie \"admin\" was not set")
  public void notSet(String name) {
    Map<String, String> seen = seen();
    if (seen.containsKey(name)) {
      throw Mismatch.of(last(), "no cookie " + name, words(name, seen));
    }
  }

  private static Map<String, String> seen() {
    World world = World.current();
    return world.cookies().cookies(world.target().uri());
  }

  private static String words(String name, Map<String, String> seen) {
    return seen.containsKey(name)
        ? "%s=%s".formatted(name, seen.get(name))
        : "no such cookie; set are: " + seen.keySet();
  }

  private static Conversation last() {
    return World.current().conversations().stream()
        .reduce((first, last) -> last)
        .orElseThrow(() -> new AssertionError("nobody has connected: say \"I connect\" first"));
  }
}
