package dev.echosounder.scenario;

import dev.echosounder.ws.Bytes;
import io.cucumber.datatable.DataTable;
import io.cucumber.java.en.Then;
import java.time.Duration;

/** Receiving messages. A message belongs to the step that takes it; none is ever lost. */
public final class ReceiveSteps {
  @Then("{who} receive(s) {string}")
  @Phrase(means = "The next message is this text.", example = "I receive \"Hello\"")
  public void text(String who, String text) throws InterruptedException {
    at(who).next(Wanted.exactly(Payload.text(World.current().fill(text))));
  }

  @Then("{who} receive(s) {string} within {duration}")
  @Phrase(
      means = "The next message is this text, and comes in time from now.",
      example = "I receive \"Hello\" within 500 ms")
  public void textWithin(String who, String text, Duration limit) throws InterruptedException {
    at(who).next(Wanted.exactly(Payload.text(World.current().fill(text))), limit);
  }

  @Then("{who} receive(s) the text:")
  @Phrase(
      means = "The next message is the text below.",
      example = "I receive the text:\n\"\"\"\n{\"type\": \"welcome\"}\n\"\"\"")
  public void docString(String who, String text) throws InterruptedException {
    text(who, text);
  }

  @Then("{who} receive(s) an empty text")
  @Phrase(means = "The next message is a text of no bytes.", example = "I receive an empty text")
  public void emptyText(String who) throws InterruptedException {
    text(who, "");
  }

  @Then("{who} receive(s) the bytes {bytes}")
  @Phrase(
      means = "The next message is binary and has these bytes.",
      example = "I receive the bytes 00 01 fe ff")
  public void bytes(String who, Bytes bytes) throws InterruptedException {
    at(who).next(Wanted.exactly(Payload.binary(bytes)));
  }

  @Then("{who} receive(s) an empty binary message")
  @Phrase(
      means = "The next message is binary and has no bytes.",
      example = "I receive an empty binary message")
  public void emptyBinary(String who) throws InterruptedException {
    bytes(who, Bytes.EMPTY);
  }

  @Then("{who} receive(s) a text of {size}")
  @Phrase(
      means = "The next message is a text of this many bytes.",
      example = "I receive a text of 64 KiB")
  public void textOfSize(String who, Integer size) throws InterruptedException {
    at(who).next(Wanted.anyText().ofSize(size));
  }

  @Then("{who} receive(s) a binary message of {size}")
  @Phrase(
      means = "The next message is binary, of this many bytes.",
      example = "I receive a binary message of 64 KiB")
  public void binaryOfSize(String who, Integer size) throws InterruptedException {
    at(who).next(Wanted.anyBinary().ofSize(size));
  }

  @Then("{who} receive(s) a text containing {string}")
  @Phrase(
      means = "The next message is a text with this part.",
      example = "I receive a text containing \"welcome\"")
  public void containing(String who, String part) throws InterruptedException {
    at(who).next(Wanted.textContaining(World.current().fill(part)));
  }

  @Then("{who} receive(s) a text matching {string}")
  @Phrase(
      means = "The next message is a text that, as a whole, matches this regular expression.",
      example = "I receive a text matching \"tick \\d+\"")
  public void matching(String who, String regex) throws InterruptedException {
    at(who).next(Wanted.textMatching(regex, World.current().memory()));
  }

  @Then("{who} eventually receive(s) {string}")
  @Phrase(
      means = "This text comes; messages before it are skipped, and count as received.",
      example = "I eventually receive \"ready\"")
  public void eventually(String who, String text) throws InterruptedException {
    at(who).eventually(Wanted.exactly(Payload.text(World.current().fill(text))));
  }

  @Then("{who} eventually receive(s) the bytes {bytes}")
  @Phrase(
      means = "These bytes come; messages before them are skipped, and count as received.",
      example = "I eventually receive the bytes 00 01")
  public void eventuallyBytes(String who, Bytes bytes) throws InterruptedException {
    at(who).eventually(Wanted.exactly(Payload.binary(bytes)));
  }

  @Then("{who} eventually receive(s) a text containing {string}")
  @Phrase(
      means = "A text with this part comes; messages before it are skipped.",
      example = "I eventually receive a text containing \"ready\"")
  public void eventuallyContaining(String who, String part) throws InterruptedException {
    at(who).eventually(Wanted.textContaining(World.current().fill(part)));
  }

  @Then("{who} eventually receive(s) a text matching {string}")
  @Phrase(
      means = "A text that matches this regular expression comes; messages before it are skipped.",
      example = "I eventually receive a text matching \".*ready.*\"")
  public void eventuallyMatching(String who, String regex) throws InterruptedException {
    at(who).eventually(Wanted.textMatching(regex, World.current().memory()));
  }

  @Then("{who} receive(s) exactly {int} message(s) within {duration}")
  @Phrase(
      means = "So many messages and no more come; waits the whole time.",
      example = "I receive exactly 3 messages within 1s")
  public void exactly(String who, int count, Duration time) throws InterruptedException {
    at(who).exactly(count, time);
  }

  @Then("{who} receive(s) nothing for {duration}")
  @Phrase(
      means = "No message comes; waits the whole time, or until the connection has ended.",
      example = "I receive nothing for 2s")
  public void nothing(String who, Duration time) throws InterruptedException {
    at(who).nothingFor(time);
  }

  @Then("{who} receive(s) in this order:")
  @Phrase(
      means =
          "The next messages are these: a text a row, or its type and its content: text,"
              + " binary, base64, json, regex, json-schema.",
      example =
          "I receive in this order:\n| text   | one        |\n| binary | 02 02      |\n| json   | {\"n\": 1}   |")
  public void inOrder(String who, DataTable table) throws InterruptedException {
    at(who).inOrder(Rows.wanted(table));
  }

  @Then("{who} receive(s) in any order:")
  @Phrase(
      means = "The next messages are these, in whatever order.",
      example = "I receive in any order:\n| one |\n| two |")
  public void inAnyOrder(String who, DataTable table) throws InterruptedException {
    at(who).inAnyOrder(Rows.wanted(table));
  }

  private static Reception at(String who) {
    return new Reception(World.current().of(who));
  }
}
