package dev.echosounder.report;

import dev.echosounder.ws.Event;
import dev.echosounder.ws.Frame;
import dev.echosounder.ws.Opcode;
import dev.echosounder.ws.Phase;
import dev.echosounder.ws.Timeline;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Timelines as an HTTP Archive 1.2, with the frames in {@code _webSocketMessages} as browsers write
 * and read them: {@code type} is send or receive, {@code time} seconds of the epoch, {@code data}
 * text, or base64 of every other opcode. Credentials hidden ({@link Redaction}).
 */
public final class Har {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private Har() {}

  /** One entry a connection. */
  public static String text(List<ScenarioRecord.Connected> connections) {
    ObjectNode root = JSON.createObjectNode();
    ObjectNode log = root.putObject("log").put("version", "1.2");
    String version = Har.class.getPackage().getImplementationVersion();
    log.putObject("creator")
        .put("name", "Echosounder")
        .put("version", version == null ? "dev" : version);
    log.putArray("pages");
    ArrayNode entries = log.putArray("entries");
    connections.forEach(c -> entry(entries.addObject(), c));
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }

  private static void entry(ObjectNode entry, ScenarioRecord.Connected connection) {
    Timeline timeline = connection.timeline();
    Instant start = timeline.startInstant();
    entry.put("startedDateTime", start.truncatedTo(ChronoUnit.MILLIS).toString());
    timings(entry, timeline);
    HarExchange.request(entry.putObject("request"), connection.target(), timeline);
    HarExchange.response(entry.putObject("response"), timeline);
    entry.putObject("cache");
    entry.put("comment", connection.who());
    entry.put("_resourceType", "websocket");
    ArrayNode messages = entry.putArray("_webSocketMessages");
    for (Event event : timeline.events()) {
      if (event instanceof Event.Connected connected
          && connected.remote() instanceof InetSocketAddress remote
          && connected.local() instanceof InetSocketAddress local) {
        entry.put("serverIPAddress", remote.getAddress().getHostAddress());
        entry.put("connection", Integer.toString(local.getPort()));
      }
      Frame frame = Thinned.frame(event);
      if (frame != null) {
        double epoch = start.getEpochSecond() + start.getNano() / 1e9;
        double time = epoch + (event.nanos() - timeline.startNanos()) / 1e9;
        message(messages.addObject(), event instanceof Event.Sent, time, frame);
      }
    }
    if (timeline.forgottenFrames() > 0) {
      entry.put("_framesNoLongerKept", timeline.forgottenFrames());
    }
  }

  private static void message(ObjectNode message, boolean sent, double time, Frame frame) {
    message.put("type", sent ? "send" : "receive").put("time", time);
    message.put("opcode", frame.opcode().code()).put("data", data(frame));
    message.put("_fin", frame.fin()).put("_rsv", frame.rsv()).put("_length", frame.length());
    message.put("_whole", frame.whole());
  }

  /** Readers take a text frame's data for text: what is compressed cannot be shown as any. */
  private static String data(Frame frame) {
    if (frame.opcode() != Opcode.TEXT) {
      return Base64.getEncoder().encodeToString(frame.excerpt().toArray());
    }
    if (frame.compressed()) {
      return "[compressed, %d bytes on the wire]".formatted(frame.length());
    }
    String text = frame.excerpt().asUtf8();
    return frame.whole() ? text : FrameText.withoutTornEnd(text) + "…";
  }

  /** HAR 1.2: milliseconds; -1 for what does not apply; connect holds ssl; they add up to time. */
  private static void timings(ObjectNode entry, Timeline timeline) {
    Map<Phase, Duration> phases = timeline.phases();
    double dns = millis(phases, Phase.DNS);
    double tls = millis(phases, Phase.TLS);
    double tcp = millis(phases, Phase.TCP);
    double connect = tcp < 0 ? -1 : tcp + Math.max(0, tls);
    double wait = Math.max(0, millis(phases, Phase.UPGRADE));
    double sum = Math.max(0, dns) + Math.max(0, connect) + wait;
    double whole =
        timeline.events().stream().mapToLong(Event::nanos).max().orElse(timeline.startNanos())
            - timeline.startNanos();
    double receive = Math.max(0, whole / 1e6 - sum);
    entry.put("time", sum + receive);
    ObjectNode timings = entry.putObject("timings").put("blocked", -1).put("dns", dns);
    timings.put("connect", connect).put("ssl", tls);
    timings.put("send", 0).put("wait", wait).put("receive", receive);
  }

  private static double millis(Map<Phase, Duration> phases, Phase phase) {
    Duration took = phases.get(phase);
    return took == null ? -1 : took.toNanos() / 1e6;
  }
}
