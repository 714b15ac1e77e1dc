package dev.echosounder.scenario;

import dev.echosounder.check.Json;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Many messages at a rate, and the quantiles of their latencies, which count from the instant at
 * which each was due: a server that stalls is not excused from what would have come meanwhile.
 */
public final class LoadSteps {
  private static final String PLACE = "{{id}}";

  @When("{who} send(s) {int} messages at {int} per second:")
  @Phrase(
      means = "Sends the text so often, at this rate; {{id}} stands for 1, 2, 3…",
      example =
          "I send 50 messages at 500 per second:\n\"\"\"\n{\"id\": {{id}}, \"op\": \"get\"}\n\"\"\"")
  public void send(String who, int count, int perSecond, String text) throws InterruptedException {
    if (!text.contains(PLACE)) {
      throw new AssertionError("no id in the text: write " + PLACE + " where it belongs");
    }
    Conversation in = World.current().of(who);
    IntFunction<String> id = i -> Integer.toString(i + 1);
    World.current()
        .volley(Volley.send(in, count, perSecond, id, i -> text.replace(PLACE, id.apply(i))));
  }

  @Then("each is answered within {duration}, by the id at {string}")
  @Phrase(
      means =
          "Each message of the last series is answered once, in any order; the id is at this JSON"
              + " path of the answer. From the instant at which it was to be sent it took no longer.",
      example = "each is answered within 2s, by the id at \"$.id\"")
  public void byPath(Duration limit, String path) throws InterruptedException {
    Json.Path at = Json.Path.of(path);
    answered(limit, text -> Json.parse(text).flatMap(json -> json.at(at)));
  }

  @Then("each is answered within {duration}, by the id in {string}")
  @Phrase(
      means = "The same, with the id as the first group of this regular expression.",
      example = "each is answered within 2s, by the id in \"id=(\\d+)\"")
  public void byRegex(Duration limit, String regex) throws InterruptedException {
    Pattern pattern = Pattern.compile(regex);
    if (pattern.matcher("").groupCount() < 1) {
      throw new AssertionError("/" + regex + "/ has no group: put the id in parentheses");
    }
    answered(
        limit,
        text -> {
          Matcher found = pattern.matcher(text);
          return found.find() ? Optional.ofNullable(found.group(1)) : Optional.empty();
        });
  }

  @Then("{int} echoes at {int} per second: the {percentile} percentile is at most {duration}")
  @Phrase(
      means =
          "Sends so many texts at this rate, waits for their echoes, and looks at their latencies,"
              + " which count from when each was to be sent.",
      example = "100 echoes at 500 per second: the 99th percentile is at most 2s")
  public void echoes(int count, int perSecond, Double percentile, Duration limit)
      throws InterruptedException {
    Conversation in = World.current().of(World.ME);
    IntFunction<String> text = i -> "echo " + (i + 1);
    Volley sent = Volley.send(in, count, perSecond, text, text);
    Duration patience = in.deadline().compareTo(limit) > 0 ? in.deadline() : limit;
    Latencies all = sent.answered(patience, Optional::of);
    World.current().measured(all);
    all.atMost(percentile, limit);
  }

  @Then("the {percentile} percentile is at most {duration}")
  @Phrase(
      means = "So many per cent of the latencies that were measured last are no longer than this.",
      example = "the 50th percentile is at most 1s")
  public void percentile(Double percentile, Duration limit) {
    World.current().measured().atMost(percentile, limit);
  }

  private static void answered(Duration limit, Function<String, Optional<String>> id)
      throws InterruptedException {
    World.current().measured(World.current().volley().answered(limit, id));
  }
}
