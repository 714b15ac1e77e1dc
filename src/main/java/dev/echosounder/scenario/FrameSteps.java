package dev.echosounder.scenario;

import dev.echosounder.ws.Bytes;
import dev.echosounder.ws.Event;
import dev.echosounder.ws.Frame;
import dev.echosounder.ws.Opcode;
import io.cucumber.datatable.DataTable;
import io.cucumber.java.en.Then;
import java.util.List;
import java.util.function.Predicate;

/** What stood on the wire. Frames are looked up in the timeline; messages are not taken. */
public final class FrameSteps {
  @Then("{who} receive(s) a {opcode} frame")
  @Phrase(
      means = "A frame of this opcode has arrived, or does so in time.",
      example = "I receive a ping frame")
  public void received(String who, Opcode opcode) throws InterruptedException {
    await(who, "a " + opcode.label() + " frame", f -> f.opcode() == opcode);
  }

  @Then("{who} receive(s) a {opcode} frame with FIN")
  @Phrase(
      means = "A frame of this opcode arrives that is the last of its message.",
      example = "I receive a text frame with FIN")
  public void receivedFin(String who, Opcode opcode) throws InterruptedException {
    await(who, "a " + opcode.label() + " frame with FIN", f -> f.opcode() == opcode && f.fin());
  }

  @Then("{who} receive(s) a {opcode} frame without FIN")
  @Phrase(
      means = "A frame of this opcode arrives that others of its message follow.",
      example = "I receive a text frame without FIN")
  public void receivedNoFin(String who, Opcode opcode) throws InterruptedException {
    await(who, "a " + opcode.label() + " frame without FIN", f -> f.opcode() == opcode && !f.fin());
  }

  @Then("{who} receive(s) a compressed {opcode} frame")
  @Phrase(
      means = "A frame of this opcode arrives with RSV1 set (RFC 7692 §6).",
      example = "I receive a compressed text frame")
  public void compressed(String who, Opcode opcode) throws InterruptedException {
    await(
        who,
        "a compressed " + opcode.label() + " frame",
        f -> f.opcode() == opcode && f.compressed());
  }

  @Then("{who} receive(s) a {opcode} frame with {string}")
  @Phrase(
      means = "A frame of this opcode arrives with exactly this payload, up to 125 bytes.",
      example = "I receive a pong frame with \"are you there?\"")
  public void receivedWith(String who, Opcode opcode, String data) throws InterruptedException {
    Bytes payload = Bytes.utf8(data);
    await(
        who,
        "a " + opcode.label() + " frame with \"" + data + "\"",
        f -> f.opcode() == opcode && f.whole() && f.excerpt().equals(payload));
  }

  @Then("{who} answered the ping")
  @Phrase(
      means = "Every ping that has arrived was answered by a pong with the same data.",
      example = "I answered the ping")
  public void answered(String who) throws InterruptedException {
    received(who, Opcode.PING);
    Conversation in = World.current().of(who);
    for (Frame ping : Frames.received(in, f -> f.opcode() == Opcode.PING)) {
      boolean found =
          in.connection()
              .timeline()
              .await(
                  e ->
                      e instanceof Event.Sent s
                          && s.frame().opcode() == Opcode.PONG
                          && s.frame().excerpt().equals(ping.excerpt()),
                  in.deadline())
              .isPresent();
      if (!found) {
        throw Mismatch.of(in, "a pong for the ping with " + ping.excerpt(), "none was sent");
      }
    }
  }

  @Then("{who} received these frames:")
  @Phrase(
      means = "The data frames so far are these: opcode, FIN or no FIN, payload bytes.",
      example =
          """
          I received these frames:
          | text         | no FIN | 3 |
          | continuation | FIN    | 2 |""")
  public void receivedThese(String who, DataTable table) {
    Conversation in = World.current().of(who);
    compare(in, "received", table, Frames.received(in, f -> f.opcode().isData()));
  }

  @Then("{who} sent these frames:")
  @Phrase(
      means = "The data frames sent so far are these: opcode, FIN or no FIN, payload bytes.",
      example = "I sent these frames:\n| text | FIN | 5 |")
  public void sentThese(String who, DataTable table) {
    Conversation in = World.current().of(who);
    compare(in, "sent", table, Frames.sent(in, f -> f.opcode().isData()));
  }

  @Then("{who} sent no message")
  @Phrase(
      means = "No text, binary or continuation frame has been sent.",
      example = "I sent no message")
  public void sentNothing(String who) {
    Conversation in = World.current().of(who);
    List<Frame> sent = Frames.sent(in, f -> f.opcode().isData());
    if (!sent.isEmpty()) {
      throw Mismatch.of(in, "no message sent", sent.size() + " data frames sent");
    }
  }

  private static void await(String who, String expected, Predicate<Frame> wanted)
      throws InterruptedException {
    Conversation in = World.current().of(who);
    in.open();
    boolean found =
        in.connection()
            .timeline()
            .await(e -> e instanceof Event.Received r && wanted.test(r.frame()), in.deadline())
            .isPresent();
    if (!found) {
      throw Mismatch.of(
          in,
          expected + " within " + Mismatch.say(in.deadline()),
          Frames.describe(Frames.received(in, f -> true)) + "; " + Mismatch.state(in));
    }
  }

  private static void compare(Conversation in, String verb, DataTable table, List<Frame> frames) {
    List<String> expected =
        table.cells().stream()
            .map(r -> "%s, %s, %s".formatted(Rows.cell(r, 0), Rows.cell(r, 1), Rows.cell(r, 2)))
            .toList();
    List<String> seen = frames.stream().map(Frames::row).toList();
    if (!seen.equals(expected)) {
      throw Mismatch.of(in, "to have " + verb + " the frames " + expected, seen.toString());
    }
  }
}
