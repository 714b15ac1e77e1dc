package dev.echosounder.scenario;

import dev.echosounder.check.MessageWords;
import io.cucumber.datatable.DataTable;
import io.cucumber.docstring.DocString;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;

/** Messages written as what they are: JSON, hex, base64, or by a pattern or schema. */
public final class MessageSteps {
  @When("{who} send(s):")
  @Phrase(
      means = "Sends the message below, by its type: text (the default), json, hex or base64.",
      example = "I send:\n\"\"\"json\n{\"type\": \"hello\"}\n\"\"\"")
  public void send(String who, DocString written) throws InterruptedException {
    Payload payload = Typed.of(written).payload();
    if (payload.bytes().size() == 0) {
      throw new AssertionError("nothing to send: say \"send an empty text\", or binary message");
    }
    World.current().of(who).send(payload);
  }

  @Then("{who} receive(s):")
  @Phrase(
      means =
          "The next message is the one below, by its type: the same text, json, hex or base64,"
              + " or what the regex matches as a whole or the json-schema allows.",
      example = "I receive:\n\"\"\"json\n{\"type\": \"hello\", \"count\": 1}\n\"\"\"")
  public void receive(String who, DocString written) throws InterruptedException {
    at(who).next(Typed.of(written).wanted());
  }

  @Then("{who} receive(s) within {duration}:")
  @Phrase(
      means = "The next message is the one below, and comes in time from now.",
      example = "I receive within 500 ms:\n\"\"\"regex\ntick \\d+\n\"\"\"")
  public void receiveWithin(String who, Duration limit, DocString written)
      throws InterruptedException {
    at(who).next(Typed.of(written).wanted(), limit);
  }

  @Then("{who} eventually receive(s):")
  @Phrase(
      means = "The message below comes; messages before it are skipped, and count as received.",
      example =
          "I eventually receive:\n\"\"\"json-schema\n{\"required\": [\"type\", \"id\"]}\n\"\"\"")
  public void eventually(String who, DocString written) throws InterruptedException {
    at(who).eventually(Typed.of(written).wanted());
  }

  @Then("{who} receive(s) a message with:")
  @Phrase(
      means = "The next message is JSON that holds at least the JSON below.",
      example = "I receive a message with:\n\"\"\"json\n{\"type\": \"hello\"}\n\"\"\"")
  public void with(String who, DocString json) throws InterruptedException {
    at(who).next(holding(json));
  }

  @Then("{who} eventually receive(s) a message with:")
  @Phrase(
      means = "JSON that holds at least the JSON below comes; messages before it are skipped.",
      example = "I eventually receive a message with:\n\"\"\"json\n{\"type\": \"ack\"}\n\"\"\"")
  public void eventuallyWith(String who, DocString json) throws InterruptedException {
    at(who).eventually(holding(json));
  }

  @Then("{who} receive(s) {content}")
  @Phrase(
      means = "The next message is JSON that holds this, or in which JSON paths lead to this.",
      example = "I receive a message where \"$.type\" is \"ack\" and \"$.id\" exists")
  public void content(String who, String words) throws InterruptedException {
    at(who).next(Wanted.inWords(words));
  }

  @Then("{who} eventually receive(s) {content}")
  @Phrase(
      means = "Such a message comes; messages before it are skipped, and count as received.",
      example = "I eventually receive a message with {\"type\": \"ack\"}")
  public void eventuallyContent(String who, String words) throws InterruptedException {
    at(who).eventually(Wanted.inWords(words));
  }

  @Then("{who} receive(s) a message where:")
  @Phrase(
      means = "The next message is JSON in which these paths lead to this.",
      example = "I receive a message where:\n| $.price | is within 1% of 3.5 |")
  public void where(String who, DataTable conditions) throws InterruptedException {
    at(who).next(Rows.where(conditions));
  }

  @Then("{who} eventually receive(s) a message where:")
  @Phrase(
      means = "JSON in which these paths lead to this comes; messages before it are skipped.",
      example = "I eventually receive a message where:\n| $.at | is a time within 5s of now |")
  public void eventuallyWhere(String who, DataTable conditions) throws InterruptedException {
    at(who).eventually(Rows.where(conditions));
  }

  private static Wanted holding(DocString json) {
    return Wanted.of(
        Mistake.in(() -> MessageWords.holding(json.getContent(), World.current().memory())));
  }

  private static Reception at(String who) {
    return new Reception(World.current().of(who));
  }
}
