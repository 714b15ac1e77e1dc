package dev.echosounder.metrics;

import dev.echosounder.hold.Direction;
import dev.echosounder.ws.CloseCode;
import dev.echosounder.ws.ConnectFailure;
import dev.echosounder.ws.Ending;
import dev.echosounder.ws.Opcode;
import io.micrometer.core.instrument.MeterRegistry;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The metrics that every kept connection has, each claimed and registered once. */
final class HoldFamilies {
  /** What peers and proxies commonly say; other codes are counted from their first time on. */
  static final Set<String> COMMON_CODES =
      Set.of("1000", "1001", "1005", "1006", "1011", "1012", "3xxx", "4xxx", "other");

  /** How connections end that speak TLS, and how the others do: counted from 0. */
  static final Set<Ending.Cause> ENDS = Set.of(Ending.Cause.values());

  static final Set<Ending.Cause> ENDS_WITHOUT_TLS =
      Set.copyOf(EnumSet.complementOf(EnumSet.of(Ending.Cause.TLS_ERROR)));

  /** One series of {@code messages_total}. */
  record Traffic(Direction direction, Opcode opcode) {}

  private static final double[] LIFETIMES = {1, 10, 60, 300, 1_800, 3_600, 21_600, 86_400};
  private static final double[] RECOVERIES = {.1, .5, 1, 2.5, 5, 10, 30, 60, 300};

  private final Map<Set<String>, Set<ConnectFailure.Cause>> counted = new ConcurrentHashMap<>();

  final FamilySet<HoldMetrics> all;
  final TallyFamily<String> open;
  final TallyFamily<String> attempts;
  final TallyFamily<String> opened;
  final TallyFamily<ConnectFailure.Cause> refusals;
  final TallyFamily<Ending.Cause> ends;
  final TallyFamily<String> codes;
  final TallyFamily<Traffic> messages;
  final TallyFamily<Direction> bytes;
  final LatencyFamily lifetime;
  final LatencyFamily recovery;
  final LatencyFamily heartbeat;

  HoldFamilies(Catalogue catalogue, @Nullable MeterRegistry push) {
    all = new FamilySet<>(catalogue, push);
    open = all.alone("echosounder_connection_open", m -> m.open);
    attempts = all.alone("echosounder_connection_attempts_total", m -> m.attempts);
    opened = all.alone("echosounder_connections_opened_total", m -> m.opened);
    refusals =
        all.tallies(
            "echosounder_connection_failures_total",
            List.of(ConnectFailure.Cause.values()),
            cause -> Labels.of("cause", cause.label()),
            m -> m.refusals);
    ends =
        all.tallies(
            "echosounder_connection_ends_total",
            List.of(Ending.Cause.values()),
            cause -> Labels.of("cause", cause.label()),
            m -> m.ends);
    codes =
        all.tallies(
            "echosounder_connection_close_codes_total",
            codeLabels(),
            code -> Labels.of("code", code),
            m -> m.codes);
    messages =
        all.tallies(
            "echosounder_messages_total",
            traffic(),
            t -> Labels.of("direction", t.direction().label(), "opcode", t.opcode().label()),
            m -> m.messages);
    bytes =
        all.tallies(
            "echosounder_bytes_total",
            List.of(Direction.values()),
            direction -> Labels.of("direction", direction.label()),
            m -> m.bytes);
    lifetime =
        all.latencies(
            "echosounder_connection_lifetime_seconds", LIFETIMES, m -> Stream.of(m.lifetime));
    recovery =
        all.latencies(
            "echosounder_connection_recovery_seconds", RECOVERIES, m -> Stream.of(m.recovery));
    heartbeat =
        all.latencies(
            "echosounder_heartbeat_round_trip_seconds",
            LatencyFamily.FINE,
            m -> Stream.of(m.heartbeat));
  }

  private static List<String> codeLabels() {
    Set<String> labels = new TreeSet<>(COMMON_CODES);
    CloseCode.names().keySet().forEach(code -> labels.add(CloseCode.bucket(code)));
    return List.copyOf(labels);
  }

  /** Continuations belong to the message that they continue. */
  private static List<Traffic> traffic() {
    List<Traffic> all = new ArrayList<>();
    for (Direction direction : Direction.values()) {
      for (Opcode opcode : Opcode.values()) {
        if (opcode != Opcode.CONTINUATION) {
          all.add(new Traffic(direction, opcode));
        }
      }
    }
    return all;
  }

  /** The refusals that are counted from 0: one set for all subjects that are alike. */
  Set<ConnectFailure.Cause> counted(Subject subject) {
    return counted.computeIfAbsent(
        subject.causes(),
        labels -> {
          Set<ConnectFailure.Cause> causes = EnumSet.allOf(ConnectFailure.Cause.class);
          causes.removeIf(cause -> !labels.contains(cause.label()));
          return causes;
        });
  }
}
