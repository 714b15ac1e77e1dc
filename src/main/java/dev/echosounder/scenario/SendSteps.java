package dev.echosounder.scenario;

import dev.echosounder.ws.Bytes;
import dev.echosounder.ws.Opcode;
import io.cucumber.datatable.DataTable;
import io.cucumber.java.en.When;
import java.util.ArrayList;
import java.util.List;

/** Sending messages and control frames. */
public final class SendSteps {
  @When("{who} send(s) {string}")
  @Phrase(
      means = "Sends a text message as one frame. An empty one has its own step.",
      example = "I send \"Hello\"")
  public void text(String who, String text) throws InterruptedException {
    if (text.isEmpty()) {
      throw new AssertionError(
          "nothing to send: an empty text is sent only when asked for by \"send an empty text\"");
    }
    World.current().of(who).send(Payload.text(World.current().fill(text)));
  }

  @When("{who} send(s) the text:")
  @Phrase(
      means = "Sends the lines below as one text message.",
      example = "I send the text:\n\"\"\"\n{\"type\": \"hello\"}\n\"\"\"")
  public void docString(String who, String text) throws InterruptedException {
    World.current().of(who).send(Payload.text(World.current().fill(text)));
  }

  @When("{who} send(s) an empty text")
  @Phrase(means = "Sends a text message of no bytes.", example = "I send an empty text")
  public void emptyText(String who) throws InterruptedException {
    World.current().of(who).send(Payload.text(""));
  }

  @When("{who} send(s) the bytes {bytes}")
  @Phrase(
      means = "Sends a binary message, written in hex, as one frame.",
      example = "I send the bytes 00 01 fe ff")
  public void bytes(String who, Bytes bytes) throws InterruptedException {
    World.current().of(who).send(Payload.binary(bytes));
  }

  @When("{who} send(s) an empty binary message")
  @Phrase(means = "Sends a binary message of no bytes.", example = "I send an empty binary message")
  public void emptyBinary(String who) throws InterruptedException {
    World.current().of(who).send(Payload.binary(Bytes.EMPTY));
  }

  @When("{who} send(s) a text of {size}")
  @Phrase(
      means = "Sends a text message of this many bytes, all of them letters.",
      example = "I send a text of 64 KiB")
  public void textOfSize(String who, Integer size) throws InterruptedException {
    World.current().of(who).send(letters(size));
  }

  static Payload letters(int count) {
    StringBuilder text = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      text.append((char) ('a' + i % 26));
    }
    return Payload.text(text.toString());
  }

  @When("{who} send(s) a binary message of {size}")
  @Phrase(
      means = "Sends a binary message of this many bytes, of every value.",
      example = "I send a binary message of 64 KiB")
  public void binaryOfSize(String who, Integer size) throws InterruptedException {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) i;
    }
    World.current().of(who).send(Payload.binary(Bytes.of(bytes)));
  }

  @When("{who} send(s) {int} texts")
  @Phrase(
      means = "Sends \"text 1\", \"text 2\"… without waiting for anything.",
      example = "I send 100 texts")
  public void many(String who, int count) throws InterruptedException {
    for (int i = 1; i <= count; i++) {
      World.current().of(who).send(Payload.text("text " + i));
    }
  }

  @When("{who} send(s) {string} in {int} fragments")
  @Phrase(
      means = "Sends one text message as several frames (RFC 6455 §5.4), cut even between bytes.",
      example = "I send \"Hello\" in 3 fragments")
  public void fragments(String who, String text, int count) throws InterruptedException {
    World.current()
        .of(who)
        .sendFragments(Opcode.TEXT, cut(Bytes.utf8(World.current().fill(text)), count));
  }

  @When("{who} send(s) the bytes {bytes} in {int} fragments")
  @Phrase(
      means = "Sends one binary message as several frames.",
      example = "I send the bytes 00 01 fe ff in 2 fragments")
  public void binaryFragments(String who, Bytes bytes, int count) throws InterruptedException {
    World.current().of(who).sendFragments(Opcode.BINARY, cut(bytes, count));
  }

  @When("{who} send(s) these fragments of one text:")
  @Phrase(
      means = "Sends one text message as these frames; an empty cell is an empty frame.",
      example = "I send these fragments of one text:\n| Hel |\n|     |\n| lo  |")
  public void givenFragments(String who, DataTable table) throws InterruptedException {
    List<Bytes> parts = Rows.first(table).stream().map(Bytes::utf8).toList();
    World.current().of(who).sendFragments(Opcode.TEXT, parts);
  }

  @When("{who} ping(s)")
  @Phrase(means = "Sends a ping (RFC 6455 §5.5.2) with no data.", example = "I ping")
  public void ping(String who) throws InterruptedException {
    pingWith(who, "");
  }

  @When("{who} ping(s) with {string}")
  @Phrase(
      means = "Sends a ping with up to 125 bytes of data.",
      example = "I ping with \"are you there?\"")
  public void pingWith(String who, String data) throws InterruptedException {
    Conversation in = World.current().of(who);
    in.open();
    in.await(in.connection().ping(Bytes.utf8(data)), "a ping");
  }

  @When("{who} send(s) an unsolicited pong")
  @Phrase(
      means = "Sends a pong that answers no ping (RFC 6455 §5.5.3): the peer must not mind.",
      example = "I send an unsolicited pong")
  public void pong(String who) throws InterruptedException {
    Conversation in = World.current().of(who);
    in.open();
    in.await(in.connection().pong(Bytes.utf8("unsolicited")), "a pong");
  }

  private static List<Bytes> cut(Bytes whole, int count) {
    List<Bytes> parts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      parts.add(whole.slice(whole.size() * i / count, whole.size() * (i + 1) / count));
    }
    return parts;
  }
}
