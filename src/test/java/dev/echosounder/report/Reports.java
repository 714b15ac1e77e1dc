package dev.echosounder.report;

import dev.echosounder.ws.Bytes;
import dev.echosounder.ws.Ending;
import dev.echosounder.ws.Event;
import dev.echosounder.ws.Frame;
import dev.echosounder.ws.Opcode;
import dev.echosounder.ws.Timeline;
import dev.echosounder.ws.Timelines;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Scenarios written by hand, for the tests of the reports. */
final class Reports {
  static final URI TARGET = URI.create("wss://localhost:8443/echo");

  private Reports() {}

  static ScenarioRecord passed(String name, ScenarioRecord.Connected... connections) {
    return scenario(name, ScenarioRecord.Status.PASSED, "", List.of(connections));
  }

  static ScenarioRecord failed(String name, String error, ScenarioRecord.Connected... connections) {
    return scenario(name, ScenarioRecord.Status.FAILED, error, List.of(connections));
  }

  static ScenarioRecord scenario(
      String name,
      ScenarioRecord.Status status,
      String error,
      List<ScenarioRecord.Connected> connections) {
    return new ScenarioRecord(
        "features/chat.feature",
        12,
        "chat",
        name,
        status,
        status == ScenarioRecord.Status.WAIVED ? "known of 3.2" : "",
        Instant.parse("2026-11-27T10:00:00Z"),
        0,
        Duration.ofMillis(12),
        List.of(
            step("Given ", "I connect", 13, ScenarioRecord.Status.PASSED, 0, ""),
            step("Then ", "I receive \"Hello\"", 14, ofStep(status), 10_250_000, error)),
        connections,
        0);
  }

  private static ScenarioRecord.Status ofStep(ScenarioRecord.Status scenario) {
    return scenario == ScenarioRecord.Status.WAIVED ? ScenarioRecord.Status.FAILED : scenario;
  }

  private static ScenarioRecord.Step step(
      String keyword,
      String text,
      int line,
      ScenarioRecord.Status status,
      long start,
      String error) {
    return new ScenarioRecord.Step(
        keyword, text, line, status, start, Duration.ofNanos(900_000), error);
  }

  static ScenarioRecord.Connected connected(String who, Timeline timeline) {
    return new ScenarioRecord.Connected(who, TARGET, timeline);
  }

  /** A connection on which so many texts went out and came back, 10 µs apart; then it dropped. */
  static Timeline echoes(int count, String text, int kept) {
    List<Event> events = new ArrayList<>();
    events.add(new Event.Upgrading(0, "GET / HTTP/1.1", List.of()));
    events.add(new Event.Upgraded(1_000, 101, List.of(), null, List.of()));
    long now = 1_000;
    for (int i = 0; i < count; i++) {
      Frame frame = frame(Opcode.TEXT, text);
      events.add(new Event.Sent(now += 10_000, frame));
      events.add(new Event.Received(now += 10_000, frame));
    }
    Ending dropped = new Ending(Ending.Cause.EOF, 1006, "", false, "the stream ended");
    events.add(new Event.Ended(now + 10_000, dropped));
    return Timelines.of(kept, events);
  }

  static Frame frame(Opcode opcode, String text) {
    Bytes all = Bytes.utf8(text);
    Bytes kept = all.slice(0, Math.min(all.size(), Frame.EXCERPT_BYTES));
    return new Frame(opcode, true, 0, all.size(), kept);
  }
}
