package dev.echosounder.web;

import dev.echosounder.check.Evidence;
import dev.echosounder.check.Outcome;
import dev.echosounder.check.Stage;
import dev.echosounder.ws.Bytes;
import dev.echosounder.ws.ConnectFailure;
import dev.echosounder.ws.Ending;
import dev.echosounder.ws.Event;
import dev.echosounder.ws.Frame;
import dev.echosounder.ws.Header;
import dev.echosounder.ws.Opcode;
import dev.echosounder.ws.Timeline;
import dev.echosounder.ws.Timelines;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Outcomes and a watched world as a daemon would report them. */
final class Samples {
  static final Instant NOW = Instant.parse("2026-05-04T14:03:22Z");
  private static final InetSocketAddress REMOTE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 8443);
  private static final InetSocketAddress LOCAL =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);

  private Samples() {}

  static Outcome passed(Duration took) {
    Timeline timeline = Timelines.of(opened(took, new ArrayList<>()).toArray(Event[]::new));
    return new Outcome.Passed(
        new Evidence(took, timeline.phases(), List.of(took.dividedBy(9)), timeline));
  }

  static Outcome cut(Duration took) {
    List<Event> events = opened(took, new ArrayList<>());
    events.remove(events.size() - 1);
    events.remove(events.size() - 1);
    events.add(
        new Event.Ended(
            took.toNanos(),
            new Ending(Ending.Cause.EOF, 1006, "", false, "TCP ended with no close frame")));
    Timeline timeline = Timelines.of(events.toArray(Event[]::new));
    return new Outcome.Failed(
        Stage.ECHO,
        "eof",
        "waited for the echo; the stream ended with no close frame",
        new Evidence(took, timeline.phases(), List.of(), timeline));
  }

  static Outcome refused(int status, String detail) {
    ConnectFailure failure =
        new ConnectFailure(
            ConnectFailure.Cause.HTTP_STATUS,
            detail,
            new ConnectFailure.Response(
                status,
                List.of(new Header("Server", "nginx"), new Header("Content-Type", "text/html")),
                Bytes.utf8("<html><h1>Bad Gateway</h1></html>")));
    Timeline timeline =
        Timelines.of(
            new Event.Resolving(0, "pay.example.com"),
            new Event.Resolved(800_000, List.of(REMOTE)),
            new Event.Connecting(820_000, REMOTE),
            new Event.Connected(2_100_000, LOCAL, REMOTE),
            new Event.Upgrading(2_200_000, "GET /live?token=s3cret HTTP/1.1", List.of()),
            new Event.Refused(9_700_000, failure));
    return new Outcome.Failed(
        Stage.UPGRADE,
        "http_status",
        detail,
        new Evidence(Duration.ofNanos(9_700_000), timeline.phases(), List.of(), timeline));
  }

  private static List<Event> opened(Duration took, List<Event> events) {
    long unit = took.toNanos() / 100;
    Frame hello = new Frame(Opcode.TEXT, true, 0, 5, Bytes.utf8("Hello"));
    Frame close = new Frame(Opcode.CLOSE, true, 0, 2, Bytes.hex("03e8"));
    events.add(new Event.Resolving(0, "pay.example.com"));
    events.add(new Event.Resolved(9 * unit, List.of(REMOTE)));
    events.add(new Event.Connecting(9 * unit, REMOTE));
    events.add(new Event.Connected(21 * unit, LOCAL, REMOTE));
    events.add(new Event.TlsStarted(21 * unit));
    events.add(
        Timelines.tls(
            55 * unit,
            Instant.parse("2026-11-01T00:00:00Z"),
            Instant.parse("2026-09-01T00:00:00Z")));
    events.add(
        new Event.Upgrading(
            56 * unit,
            "GET /live?token=s3cret HTTP/1.1",
            List.of(
                new Header("Host", "pay.example.com"),
                new Header("Authorization", "Bearer s3cret"),
                new Header("Sec-WebSocket-Key", "x3JJHMbDL1EzLkh9GBhXDw=="))));
    events.add(
        new Event.Upgraded(
            78 * unit,
            101,
            List.of(new Header("Server", "nginx"), new Header("Set-Cookie", "id=s3cret")),
            "chat.v2",
            List.of("permessage-deflate")));
    events.add(new Event.Sent(79 * unit, hello));
    events.add(new Event.Received(90 * unit, hello));
    events.add(new Event.Sent(91 * unit, close));
    events.add(new Event.Received(99 * unit, close));
    events.add(
        new Event.Ended(took.toNanos(), new Ending(Ending.Cause.CLOSED_BY_US, 1000, "", true, "")));
    return events;
  }

  /**
   * Runs every 15 s up to now; {@code outcomes} gives the nth, the last being {@code count - 1}.
   */
  static void runs(
      History history, String target, String check, int count, IntFunction<Outcome> outcomes) {
    for (int i = 0; i < count; i++) {
      Instant start = NOW.minusSeconds(4 + 15L * (count - 1 - i));
      history.add(target, check, start, outcomes.apply(i));
    }
  }

  static Duration jitter(Random random, double millis) {
    double factor = Math.exp(random.nextGaussian() * 0.25) * (random.nextInt(40) == 0 ? 3 : 1);
    return Duration.ofNanos((long) (millis * factor * 1e6));
  }

  static Status.Target target(
      String name, String url, Map<String, String> labels, Status.Check... checks) {
    return new Status.Target(name, url, labels, List.of(checks));
  }

  static Status.Check check(String name, String kind, int seconds) {
    return check(name, kind, seconds, null);
  }

  static Status.Check check(String name, String kind, int seconds, Status.@Nullable Held held) {
    return new Status.Check(
        name, kind, Duration.ofSeconds(seconds), "Sends \"Hello\", expects it back.", held);
  }

  /** A connection with these drops, oldest first. */
  static Status.Held held(boolean open, Instant since, Status.Drop... drops) {
    Map<String, Long> byCause = new HashMap<>();
    List.of(drops).forEach(drop -> byCause.merge(drop.cause(), 1L, Long::sum));
    return new Status.Held(open, since, byCause, List.of(drops), Duration.ofMillis(2));
  }

  static Status.Drop drop(
      String cause, int code, Instant at, @Nullable Duration recovery, long run) {
    return new Status.Drop(
        at, cause, code, Duration.ofMinutes(61), Duration.ofSeconds(15), recovery, run);
  }

  /** A handful of services on a bad morning. */
  static Status morning(History history) {
    Random random = new Random(7);
    runs(
        history,
        "payments",
        "echo",
        70,
        i ->
            i < 58
                ? passed(jitter(random, 11))
                : refused(502, "expected 101, got 502 Bad Gateway from nginx"));
    runs(
        history,
        "payments",
        "login",
        64,
        i ->
            i < 55
                ? passed(jitter(random, 38))
                : refused(502, "expected 101, got 502 Bad Gateway from nginx"));
    runs(
        history,
        "chat-eu",
        "echo",
        100,
        i -> i == 88 || i == 73 ? cut(jitter(random, 60)) : passed(jitter(random, 21)));
    runs(history, "chat-eu", "broadcast", 90, i -> passed(jitter(random, 140)));
    runs(history, "chat-eu", "held", 100, i -> passed(jitter(random, 0.6)));
    runs(
        history,
        "ticker",
        "echo",
        100,
        i ->
            i % 17 == 3
                ? new Outcome.Skipped("the run before has not ended")
                : passed(jitter(random, 1.4)));
    runs(history, "mqtt-bridge", "handshake", 5, i -> passed(jitter(random, 5)));
    return new Status(
        NOW.minusSeconds(93_000),
        List.of(
            target(
                "ticker",
                "wss://ticker.example.com/v1/stream",
                Map.of("tier", "1"),
                check("echo", "echo", 5)),
            target(
                "chat-eu",
                "wss://probe:hunter2@chat.eu.example.com/socket?access_token=abc&room=probe",
                Map.of("region", "eu-west-1", "team", "messaging"),
                check("echo", "echo", 15),
                check("broadcast", "scenario", 60),
                check(
                    "held",
                    "hold",
                    15,
                    held(
                        true,
                        NOW.minusSeconds(11_730),
                        drop("eof", 1006, NOW.minusSeconds(52_000), Duration.ofSeconds(4), 7),
                        drop(
                            "peer_going_away",
                            1001,
                            NOW.minusSeconds(11_731),
                            Duration.ofMillis(310),
                            8)))),
            target(
                "mqtt-bridge",
                "wss://mqtt.example.com/mqtt",
                Map.of(),
                check("handshake", "handshake", 30)),
            target(
                "payments",
                "wss://pay.example.com/live?token=s3cret",
                Map.of("tier", "0"),
                check("echo", "echo", 15),
                check("login", "scenario", 30)),
            target(
                "staging", "ws://staging.example.com/echo", Map.of(), check("echo", "echo", 60))));
  }
}
