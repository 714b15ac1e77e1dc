package dev.echosounder.scenario;

import dev.echosounder.ws.Bytes;
import dev.echosounder.ws.CloseCode;
import dev.echosounder.ws.Ending;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;

/** Bytes that no library would send, to see what the peer makes of them. */
public final class RawSteps {
  @When("{who} send(s) the raw bytes {bytes}")
  @Phrase(
      means = "Writes these bytes to the open connection as they are, below every check.",
      example = "I send the raw bytes 81 85 00 00 00 00 48 65 6c 6c 6f")
  public void raw(String who, Bytes bytes) throws InterruptedException {
    World.current().of(who).sendRaw(bytes);
  }

  @When("{who} send(s) the raw frame {bytes}")
  @Phrase(
      means =
          "Writes one frame, header and payload, and masks it as a client must (RFC 6455 §5.3);"
              + " nothing else about it is checked.",
      example = "I send the raw frame 81 05 48 65 6c 6c 6f")
  public void frame(String who, Bytes bytes) throws InterruptedException {
    raw(who, RawFrame.masked(bytes));
  }

  @Then("the peer fails {connection} with {closeCode}")
  @Phrase(
      means =
          "The peer sends a close frame with this code and ends TCP (RFC 6455 §7.1.7), or did so.",
      example = "the peer fails the connection with 1002")
  public void fails(String who, Integer code) throws InterruptedException {
    Conversation in = World.current().of(who);
    String expected = "the peer to fail the connection with " + CloseCode.describe(code);
    Ending seen = in.ended(expected, in.deadline());
    if (seen.code() != code) {
      throw Mismatch.of(in, expected, seen.toString());
    }
  }

  @Then("the peer fails {connection}")
  @Phrase(
      means =
          "The peer ends it as failed: a close frame with an error code, or TCP cut without one.",
      example = "the peer fails the connection")
  public void fails(String who) throws InterruptedException {
    Conversation in = World.current().of(who);
    String expected = "the peer to fail the connection";
    Ending seen = in.ended(expected, in.deadline());
    switch (seen.cause()) {
      case PEER_ERROR, EOF, RESET -> {}
      default -> throw Mismatch.of(in, expected, seen.toString());
    }
  }
}
