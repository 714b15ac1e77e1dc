package dev.echosounder.report;

import dev.echosounder.check.Evidence;
import dev.echosounder.check.Outcome;
import dev.echosounder.ws.Compression;
import dev.echosounder.ws.Event;
import dev.echosounder.ws.Target;
import dev.echosounder.ws.Timeline;
import java.time.Duration;
import java.util.List;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A timeline and an outcome as JSON, in the shape that {@code docs/json.md} promises. Pure ASCII,
 * so that it survives any terminal; credentials hidden ({@link Redaction}).
 */
public final class TimelineJson {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private TimelineJson() {}

  /** One object a line, one line an event, oldest first. */
  public static String lines(Timeline timeline) {
    StringBuilder lines = new StringBuilder();
    for (Event event : timeline.events()) {
      ObjectNode node = EventJson.of(event, timeline.startNanos(), JSON);
      lines.append(JSON.writeValueAsString(node)).append('\n');
    }
    return lines.toString();
  }

  /** The same of several connections, each event with its connection's name first. */
  public static String lines(List<ScenarioRecord.Connected> connections) {
    StringBuilder lines = new StringBuilder();
    for (ScenarioRecord.Connected connected : connections) {
      Timeline timeline = connected.timeline();
      for (Event event : timeline.events()) {
        ObjectNode node = JSON.createObjectNode().put("connection", connected.who());
        node.setAll(EventJson.of(event, timeline.startNanos(), JSON));
        lines.append(JSON.writeValueAsString(node)).append('\n');
      }
    }
    return lines.toString();
  }

  /** One run as one object on one line. */
  public static String summary(Target target, Outcome outcome) {
    ObjectNode root = JSON.createObjectNode();
    root.put("target", Redaction.text(target.uri().toString()));
    if (outcome instanceof Outcome.Passed passed) {
      root.put("result", "passed");
      evidence(root, passed.evidence());
    } else if (outcome instanceof Outcome.Failed failed) {
      root.put("result", "failed");
      root.put("stage", failed.stage().label());
      root.put("cause", failed.cause());
      root.put("detail", Redaction.text(failed.detail()));
      evidence(root, failed.evidence());
    } else if (outcome instanceof Outcome.Skipped skipped) {
      root.put("result", "skipped");
      root.put("reason", skipped.reason());
    }
    return JSON.writeValueAsString(root);
  }

  private static void evidence(ObjectNode root, Evidence evidence) {
    Timeline timeline = evidence.timeline();
    List<Event> events = timeline.events();
    root.put("started", timeline.startInstant().toString());
    root.put("seconds", seconds(evidence.took()));
    root.put("opened", events.stream().anyMatch(Event.Upgraded.class::isInstance));
    ObjectNode phases = root.putObject("phases");
    evidence.phases().forEach((phase, took) -> phases.put(phase.label(), seconds(took)));
    var roundTrips = root.putArray("round_trips");
    evidence.roundTrips().forEach(took -> roundTrips.add(seconds(took)));
    events.forEach(event -> EventJson.facts(root, event));
    timeline.compression().ifPresent(c -> compression(root.putObject("compression"), c));
    root.put("frames_no_longer_kept", timeline.forgottenFrames());
    var array = root.putArray("events");
    events.forEach(event -> array.add(EventJson.of(event, timeline.startNanos(), JSON)));
  }

  private static void compression(ObjectNode node, Compression seen) {
    node.put("sent_plain", seen.sent().plain()).put("sent_wire", seen.sent().wire());
    node.put("received_plain", seen.received().plain());
    node.put("received_wire", seen.received().wire());
  }

  static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
