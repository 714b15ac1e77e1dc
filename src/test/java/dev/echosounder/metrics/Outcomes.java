package dev.echosounder.metrics;

import dev.echosounder.check.Evidence;
import dev.echosounder.check.IdleFinding;
import dev.echosounder.check.Outcome;
import dev.echosounder.check.Stage;
import dev.echosounder.ws.Ending;
import dev.echosounder.ws.Event;
import dev.echosounder.ws.Phase;
import dev.echosounder.ws.Timeline;
import dev.echosounder.ws.Timelines;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Outcomes with known numbers. */
final class Outcomes {
  static final Instant EXPIRY = Instant.ofEpochSecond(1_900_000_000L);

  private Outcomes() {}

  /** Every phase took 2 ms, the round trip 3 ms, all of it 20 ms; over TLS. */
  static Outcome passed() {
    return passed(true);
  }

  /** The same, over TLS or not. */
  static Outcome passed(boolean tls) {
    Timeline timeline = connected("127.0.0.1");
    if (tls) {
      // Not the server's own, which comes first, but its issuer's certificate ends it.
      Timelines.add(timeline, Timelines.tls(0, EXPIRY.plusSeconds(9), EXPIRY));
    }
    Timelines.add(timeline, new Event.Upgraded(0, 101, List.of(), null, List.of()));
    Map<Phase, Duration> phases = new EnumMap<>(Phase.class);
    for (Phase phase : Phase.values()) {
      phases.put(phase, Duration.ofMillis(2));
    }
    if (!tls) {
      phases.remove(Phase.TLS);
    }
    return new Outcome.Passed(evidence(timeline, phases, List.of(Duration.ofMillis(3))));
  }

  /** Silence was found to be cut after 60.5 s, or at that age. */
  static Outcome idle(IdleFinding.Nature nature) {
    Evidence plain = ((Outcome.Passed) passed()).evidence();
    IdleFinding finding =
        new IdleFinding(
            nature,
            Duration.ofSeconds(54),
            Duration.ofMillis(60_500),
            Ending.Cause.EOF,
            IdleFinding.Effect.KEEPS_ALIVE,
            IdleFinding.Effect.KEEPS_ALIVE,
            IdleFinding.Effect.UNKNOWN);
    return new Outcome.Passed(
        new Evidence(plain.took(), plain.phases(), plain.roundTrips(), plain.timeline(), finding));
  }

  static Outcome failed(Stage stage, String cause, Event... events) {
    Timeline timeline = connected("::1");
    for (Event event : events) {
      Timelines.add(timeline, event);
    }
    return new Outcome.Failed(
        stage,
        cause,
        "made up",
        evidence(timeline, Map.of(Phase.DNS, Duration.ofMillis(1)), List.of()));
  }

  private static Timeline connected(String address) {
    Timeline timeline = Timelines.startingAt(() -> 0);
    try {
      InetSocketAddress remote = new InetSocketAddress(InetAddress.getByName(address), 1);
      Timelines.add(timeline, new Event.Connecting(0, remote));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
    return timeline;
  }

  private static Evidence evidence(
      Timeline timeline, Map<Phase, Duration> phases, List<Duration> roundTrips) {
    return new Evidence(Duration.ofMillis(20), phases, roundTrips, timeline);
  }
}
