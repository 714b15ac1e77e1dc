package dev.echosounder.metrics;

import dev.echosounder.check.Evidence;
import dev.echosounder.check.Fault;
import dev.echosounder.check.IdleFinding;
import dev.echosounder.check.Outcome;
import dev.echosounder.ws.ConnectFailure;
import dev.echosounder.ws.Event;
import dev.echosounder.ws.Phase;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One outcome as the metrics of a {@code /probe} request, each in a registry of its own, under the
 * names that blackbox_exporter gave them, so that its dashboards and alerts go on working.
 */
public final class ProbeExposition {
  private final PrometheusRegistry registry = new PrometheusRegistry();

  private ProbeExposition() {}

  /** What the request is answered with. */
  public static Exposition of(Outcome outcome) {
    ProbeExposition probe = new ProbeExposition();
    boolean passed = outcome instanceof Outcome.Passed;
    probe.set("probe_success", "Displays whether or not the probe was a success", passed ? 1 : 0);
    if (outcome instanceof Outcome.Passed p) {
      probe.evidence(p.evidence(), "");
    } else if (outcome instanceof Outcome.Failed f) {
      probe.evidence(f.evidence(), f.cause());
      probe
          .info(
              "probe_websocket_failure_info",
              "Always 1; says where and why the probe failed",
              "stage",
              "cause")
          .setLabelValues(f.stage().label(), f.cause());
    }
    return new Exposition(probe.registry, List.of(), new ReentrantLock());
  }

  private void evidence(Evidence evidence, String cause) {
    set(
        "probe_duration_seconds",
        "Returns how long the probe took to complete in seconds",
        seconds(evidence.took()));
    set(
        "probe_dns_lookup_time_seconds",
        "Returns the time taken for probe dns lookup in seconds",
        seconds(evidence.phases().getOrDefault(Phase.DNS, Duration.ZERO)));
    boolean mismatch = cause.equals(Fault.UNEXPECTED_MESSAGE.label());
    set("probe_failed_due_to_regex", "Indicates if probe failed due to regex", mismatch ? 1 : 0);
    set(
        "probe_websocket_failed_due_to_regex",
        "Indicates if probe failed due to regex",
        mismatch ? 1 : 0);
    phases(evidence);
    events(evidence);
    IdleFinding idle = evidence.idle();
    if (idle != null && idle.limit().isPresent()) {
      set(
          "probe_websocket_idle_timeout_seconds",
          "The silence after which the connection was cut",
          seconds(idle.limit().get()));
    }
    if (!evidence.roundTrips().isEmpty()) {
      set(
          "probe_websocket_round_trip_seconds",
          "Time from the first message to its answer",
          seconds(evidence.roundTrips().get(0)));
    }
  }

  private void phases(Evidence evidence) {
    Gauge phases =
        Gauge.builder()
            .name("probe_websocket_duration_seconds")
            .help("Duration of websocket request by phase")
            .labelNames("phase")
            .register(registry);
    evidence.phases().forEach((phase, took) -> phases.labelValues(name(phase)).set(seconds(took)));
  }

  /** Those phases that blackbox_exporter knows too are called as there. */
  private static String name(Phase phase) {
    return switch (phase) {
      case DNS -> "resolve";
      case TCP -> "connect";
      case TLS, UPGRADE, FIRST_MESSAGE, ECHO, CLOSE -> phase.label();
    };
  }

  private void events(Evidence evidence) {
    int status = 0;
    int upgraded = 0;
    int protocol = 0;
    for (Event event : evidence.timeline().events()) {
      if (event instanceof Event.Upgraded open) {
        status = open.status();
        upgraded = 1;
      } else if (event instanceof Event.Refused refused) {
        ConnectFailure.Response response = refused.failure().response();
        status = response == null ? 0 : response.status();
      } else if (event instanceof Event.Connecting connecting) {
        protocol = protocol(connecting.remote());
      } else if (event instanceof Event.Connected connected) {
        protocol = protocol(connected.remote());
      } else if (event instanceof Event.TlsDone done) {
        tls(done);
      }
    }
    set("probe_websocket_status_code", "Response HTTP status code", status);
    set(
        "probe_websocket_connection_upgraded",
        "Indicates if the websocket connection was successfully upgraded",
        upgraded);
    set("probe_ip_protocol", "Specifies whether probe ip protocol is IP4 or IP6", protocol);
  }

  /** 0 for a unix socket. */
  private static int protocol(SocketAddress address) {
    if (address instanceof InetSocketAddress ip) {
      return ip.getAddress() instanceof Inet6Address ? 6 : 4;
    }
    return 0;
  }

  private void tls(Event.TlsDone done) {
    info("probe_tls_version_info", "Returns the TLS version used or NaN when unknown", "version")
        .setLabelValues(done.protocol().replace("TLSv", "TLS "));
    Instant expiry = done.notAfter();
    if (expiry != null) {
      set(
          "probe_ssl_earliest_cert_expiry",
          "Returns earliest SSL cert expiry in unixtime",
          (double) expiry.getEpochSecond());
    }
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  private void set(String name, String help, double value) {
    Gauge.builder().name(name).help(help).register(registry).set(value);
  }

  private Info info(String name, String help, String... labels) {
    return Info.builder().name(name).help(help).labelNames(labels).register(registry);
  }
}
