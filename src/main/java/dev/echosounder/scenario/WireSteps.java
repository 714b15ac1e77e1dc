package dev.echosounder.scenario;

import dev.echosounder.ws.Compression;
import dev.echosounder.ws.Deflate;
import dev.echosounder.ws.HttpVersion;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import java.util.List;
import java.util.function.Function;

/** What goes over the wire: the version of HTTP, compression and what it saves. */
public final class WireSteps {
  @Given("the HTTP version is {httpVersion}")
  @Phrase(
      means =
          "What carries the handshake: an upgrade over 1.1 (RFC 6455), as in every scenario that"
              + " does not say otherwise, or an extended CONNECT over 2 (RFC 8441). There is no"
              + " falling back.",
      example = "the HTTP version is 2")
  public void http(HttpVersion version) {
    World.current().change(t -> t.withHttp(version));
  }

  @Given("compression is offered with {string}")
  @Phrase(
      means =
          "Offers permessage-deflate with parameters (RFC 7692 §7.1), separated by semicolons. An"
              + " answer that does not honour them is no WebSocket handshake.",
      example = "compression is offered with \"client_no_context_takeover\"")
  public void deflateWith(String parameters) {
    Deflate deflate = Deflate.parse(parameters);
    World.current().change(t -> t.withDeflate(deflate));
  }

  @Then("{connection} uses the extension {string} with {string}")
  @Phrase(
      means = "The server agreed to this extension with this parameter, among others.",
      example =
          "the connection uses the extension \"permessage-deflate\" with"
              + " \"client_no_context_takeover\"")
  public void extensionWith(String who, String name, String parameter) throws InterruptedException {
    Conversation in = World.current().of(who);
    List<String> seen = in.open().extensions();
    if (seen.stream().noneMatch(e -> has(e, name, parameter))) {
      String expected = "the extension %s with %s".formatted(name, parameter);
      throw Mismatch.of(in, expected, seen.isEmpty() ? "none" : seen.toString());
    }
  }

  private static boolean has(String extension, String name, String parameter) {
    List<String> parts =
        List.of(extension.split(";", -1)).stream().map(p -> p.replaceAll("[\\s\"]", "")).toList();
    String wanted = parameter.replaceAll("\\s", "");
    return parts.get(0).equals(name) && parts.subList(1, parts.size()).contains(wanted);
  }

  @Then("compression saved at least {int} % of what {who} sent")
  @Phrase(
      means = "Of the messages' bytes, at most the rest went over the wire; headers do not count.",
      example = "compression saved at least 50 % of what I sent")
  public void savedSending(int percent, String who) throws InterruptedException {
    saved(who, percent, "sent", Compression::sent);
  }

  @Then("compression saved at least {int} % of what {who} received")
  @Phrase(
      means = "The same for the messages that have come.",
      example = "compression saved at least 50 % of what I received")
  public void savedReceiving(int percent, String who) throws InterruptedException {
    saved(who, percent, "received", Compression::received);
  }

  private static void saved(
      String who, int percent, String verb, Function<Compression, Compression.Volume> which)
      throws InterruptedException {
    Conversation in = World.current().of(who);
    in.open();
    String expected = "compression to save at least %d %% of what was %s".formatted(percent, verb);
    Compression seen =
        in.connection()
            .timeline()
            .compression()
            .orElseThrow(() -> Mismatch.of(in, expected, "no compression was agreed on"));
    Compression.Volume volume = which.apply(seen);
    if (volume.plain() == 0) {
      throw Mismatch.of(in, expected, "nothing was " + verb);
    }
    if (volume.saved() * 100 < percent) {
      throw Mismatch.of(in, expected, volume.toString());
    }
  }
}
