package dev.echosounder.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.check.IdleFinding;
import dev.echosounder.check.Outcome;
import dev.echosounder.check.Stage;
import dev.echosounder.ws.Bytes;
import dev.echosounder.ws.ConnectFailure;
import dev.echosounder.ws.Event;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProbeExpositionTest {
  private static Scrape scrape(Outcome outcome) {
    return Scrape.of(ProbeExposition.of(outcome));
  }

  @Test
  void aSuccessHasTheNamesOfBlackboxExporter() {
    Scrape scrape = scrape(Outcomes.passed());
    assertThat(scrape.lines("probe_"))
        .containsExactlyInAnyOrder(
            "probe_success 1.0",
            "probe_duration_seconds 0.02",
            "probe_dns_lookup_time_seconds 0.002",
            "probe_ip_protocol 4.0",
            "probe_failed_due_to_regex 0.0",
            "probe_websocket_failed_due_to_regex 0.0",
            "probe_websocket_connection_upgraded 1.0",
            "probe_websocket_status_code 101.0",
            "probe_websocket_round_trip_seconds 0.003",
            "probe_websocket_duration_seconds{phase=\"resolve\"} 0.002",
            "probe_websocket_duration_seconds{phase=\"connect\"} 0.002",
            "probe_websocket_duration_seconds{phase=\"tls\"} 0.002",
            "probe_websocket_duration_seconds{phase=\"upgrade\"} 0.002",
            "probe_websocket_duration_seconds{phase=\"first_message\"} 0.002",
            "probe_websocket_duration_seconds{phase=\"echo\"} 0.002",
            "probe_websocket_duration_seconds{phase=\"close\"} 0.002",
            "probe_ssl_earliest_cert_expiry 1.9E9",
            "probe_tls_version_info{version=\"TLS 1.3\"} 1");
  }

  @Test
  void anIdleLimitIsThereIfThereIsOne() {
    assertThat(
            scrape(Outcomes.idle(IdleFinding.Nature.SILENCE))
                .value("probe_websocket_idle_timeout_seconds"))
        .isEqualTo(60.5);
    assertThat(scrape(Outcomes.idle(IdleFinding.Nature.AGE)).lines("probe_websocket_idle"))
        .isEmpty();
  }

  @Test
  void aRefusedUpgradeHasItsStatusAndCause() {
    var response = new ConnectFailure.Response(503, List.of(), Bytes.EMPTY);
    var failure = new ConnectFailure(ConnectFailure.Cause.HTTP_STATUS, "503", response);
    Scrape scrape =
        scrape(Outcomes.failed(Stage.UPGRADE, "http_status", new Event.Refused(0, failure)));
    assertThat(scrape.value("probe_success")).isZero();
    assertThat(scrape.value("probe_websocket_status_code")).isEqualTo(503);
    assertThat(scrape.value("probe_websocket_connection_upgraded")).isZero();
    assertThat(scrape.value("probe_failed_due_to_regex")).isZero();
    assertThat(scrape.value("probe_ip_protocol")).isEqualTo(6);
    assertThat(scrape.value("failure_info", "stage=\"upgrade\"", "cause=\"http_status\""))
        .isEqualTo(1);
    assertThat(scrape.lines("probe_tls")).isEmpty();
  }

  @Test
  void aWrongAnswerFailedDueToRegex() {
    Scrape scrape = scrape(Outcomes.failed(Stage.ECHO, "unexpected_message"));
    assertThat(scrape.value("probe_failed_due_to_regex")).isEqualTo(1);
    assertThat(scrape.value("probe_websocket_failed_due_to_regex")).isEqualTo(1);
  }

  @Test
  void whatWasNotRunIsNoSuccess() {
    assertThat(scrape(new Outcome.Skipped("blocked")).lines("probe_"))
        .containsExactly("probe_success 0.0");
  }
}
