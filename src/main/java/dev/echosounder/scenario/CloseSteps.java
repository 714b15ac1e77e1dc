package dev.echosounder.scenario;

import dev.echosounder.ws.CloseCode;
import dev.echosounder.ws.Ending;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;

/** How connections end: by us, by the peer, or by neither. */
public final class CloseSteps {
  @When("{who} close(s) the connection")
  @Phrase(
      means = "Closes with 1000 and waits until the connection has ended.",
      example = "I close the connection")
  public void close(String who) throws InterruptedException {
    closeWith(who, CloseCode.NORMAL, "");
  }

  @When("{who} close(s) the connection with {closeCode}")
  @Phrase(
      means = "Closes with this code: a number, or its name in quotes.",
      example = "I close the connection with \"going away\"")
  public void closeWithCode(String who, Integer code) throws InterruptedException {
    closeWith(who, code, "");
  }

  @When("{who} close(s) the connection with {closeCode} and the reason {string}")
  @Phrase(
      means = "Closes with this code and reason.",
      example = "I close the connection with 4001 and the reason \"bye\"")
  public void closeWith(String who, Integer code, String reason) throws InterruptedException {
    Conversation in = World.current().of(who);
    in.open();
    var unused = in.connection().close(code, reason);
    in.ended("the end of the connection", limit(in));
  }

  @Then("{connection} ends with {ending}")
  @Phrase(
      means = "The connection ends for this cause: see the list of endings.",
      example = "the connection ends with eof")
  public void ends(String who, Ending.Cause cause) throws InterruptedException {
    Conversation in = World.current().of(who);
    expect(in, cause, in.ended("the ending " + cause.label(), limit(in)));
  }

  @Then("{connection} ends with {ending} within {duration}")
  @Phrase(
      means = "The connection ends for this cause, in time from now.",
      example = "the connection ends with idle_cut within 3s")
  public void endsWithin(String who, Ending.Cause cause, Duration limit)
      throws InterruptedException {
    Conversation in = World.current().of(who);
    expect(in, cause, in.ended("the ending " + cause.label(), limit));
  }

  @Then("{connection} is closed by the peer with {closeCode}")
  @Phrase(
      means = "The peer sends the first close frame, with this code; 1005 means with none.",
      example = "the connection is closed by the peer with 1001")
  public void closedByPeer(String who, Integer code) throws InterruptedException {
    Conversation in = World.current().of(who);
    byPeer(in, "a close by the peer with " + CloseCode.describe(code), code);
  }

  @Then("{connection} is closed by the peer with {closeCode} and the reason {string}")
  @Phrase(
      means = "The peer sends the first close frame, with this code and reason.",
      example = "the connection is closed by the peer with 4001 and the reason \"bye\"")
  public void closedByPeer(String who, Integer code, String reason) throws InterruptedException {
    Conversation in = World.current().of(who);
    String expected =
        "a close by the peer with %s and the reason \"%s\""
            .formatted(CloseCode.describe(code), reason);
    Ending seen = byPeer(in, expected, code);
    if (!seen.reason().equals(reason)) {
      throw Mismatch.of(in, expected, seen.toString(), "the code is right, the reason is not");
    }
  }

  @Then("{connection} ended cleanly")
  @Phrase(
      means = "Both close frames were seen before TCP ended (RFC 6455 §7.1.4).",
      example = "the connection ended cleanly")
  public void cleanly(String who) throws InterruptedException {
    cleanness(who, true);
  }

  @Then("{connection} did not end cleanly")
  @Phrase(
      means = "TCP ended before both close frames were seen.",
      example = "the connection did not end cleanly")
  public void notCleanly(String who) throws InterruptedException {
    cleanness(who, false);
  }

  @Then("the peer answered the close with {closeCode}")
  @Phrase(
      means = "The connection's close code (RFC 6455 §7.1.5) is the peer's answer to ours.",
      example = "the peer answered the close with 1000")
  public void answered(Integer code) throws InterruptedException {
    Conversation in = World.current().of(World.ME);
    String expected = "the answer " + CloseCode.describe(code);
    Ending seen = in.ended(expected, limit(in));
    if (seen.cause() != Ending.Cause.CLOSED_BY_US || seen.code() != code) {
      throw Mismatch.of(in, expected, seen.toString());
    }
  }

  private static void cleanness(String who, boolean clean) throws InterruptedException {
    Conversation in = World.current().of(who);
    String expected = clean ? "a clean end" : "an end that is not clean";
    Ending seen = in.ended(expected, limit(in));
    if (seen.clean() != clean) {
      throw Mismatch.of(in, expected, seen.toString());
    }
  }

  private static Ending byPeer(Conversation in, String expected, int code)
      throws InterruptedException {
    Ending seen = in.ended(expected, limit(in));
    boolean byPeer =
        switch (seen.cause()) {
          case PEER_NORMAL, PEER_GOING_AWAY, PEER_ERROR, PEER_APPLICATION, PEER_NO_STATUS -> true;
          default -> false;
        };
    if (!byPeer || seen.code() != code) {
      String miss = byPeer ? "the peer closed it, with another code" : "the peer did not close it";
      throw Mismatch.of(in, expected, seen.toString(), miss);
    }
    return seen;
  }

  private static void expect(Conversation in, Ending.Cause cause, Ending seen) {
    if (seen.cause() != cause) {
      throw Mismatch.of(in, "the ending " + cause.label(), seen.toString());
    }
  }

  /** Our own close may take the target's close timeout, which can be longer than the deadline. */
  private static Duration limit(Conversation in) {
    return in.deadline().plus(in.connection().target().timeouts().close());
  }
}
