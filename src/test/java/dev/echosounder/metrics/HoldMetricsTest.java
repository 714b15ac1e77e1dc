package dev.echosounder.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echosounder.ws.Ending;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HoldMetricsTest {
  private static final Subject SHOP = new Subject("shop", "hold", Map.of(), false, false, true);
  private static final Subject CHAT =
      new Subject("chat", "hold", Map.of("team", "blue"), true, false, true);

  private final Metrics metrics = Metrics.create("1.2.3", null);

  @AfterEach
  void close() {
    metrics.close();
  }

  private Scrape scrape() {
    return Scrape.of(metrics.exposition());
  }

  @Test
  void everyCounterIsThereAtZeroFromTheStart() {
    metrics.replace(List.of(SHOP));
    Scrape scrape = scrape();
    assertThat(scrape.value("echosounder_connection_open{")).isZero();
    assertThat(scrape.lines("echosounder_connection_ends_total{"))
        .hasSize(Ending.Cause.values().length - 1)
        .allMatch(line -> line.endsWith(" 0.0"))
        .noneMatch(line -> line.contains("tls_error"));
    assertThat(scrape.lines("echosounder_connection_failures_total{"))
        .isNotEmpty()
        .allMatch(line -> line.endsWith(" 0.0"))
        .noneMatch(line -> line.contains("tls_"));
    assertThat(scrape.lines("echosounder_connection_close_codes_total{"))
        .hasSize(HoldFamilies.COMMON_CODES.size());
    assertThat(scrape.lines("echosounder_messages_total{")).hasSize(10);
    assertThat(scrape.text()).doesNotContain("echosounder_probe_runs_total{");
  }

  @Test
  void whatAKeeperTellsIsCounted() {
    metrics.replace(List.of(SHOP));
    Holds.everythingOnce(metrics.held(SHOP));
    Scrape scrape = scrape();
    assertThat(scrape.value("connection_attempts_total{")).isEqualTo(3);
    assertThat(scrape.value("connection_failures_total{", "\"refused\"")).isEqualTo(1);
    assertThat(scrape.value("connections_opened_total{")).isEqualTo(2);
    assertThat(scrape.value("connection_ends_total{", "\"peer_going_away\"")).isEqualTo(1);
    assertThat(scrape.value("connection_close_codes_total{", "\"1001\"")).isEqualTo(1);
    assertThat(scrape.value("connection_lifetime_seconds_sum{")).isEqualTo(90);
    assertThat(scrape.value("connection_lifetime_seconds_bucket{", "le=\"300.0\"")).isEqualTo(1);
    assertThat(scrape.value("connection_recovery_seconds_sum{")).isEqualTo(0.7);
    assertThat(scrape.value("heartbeat_round_trip_seconds_sum{")).isEqualTo(0.003);
    assertThat(scrape.value("messages_total{", "\"sent\"", "\"text\"")).isEqualTo(1);
    assertThat(scrape.value("messages_total{", "\"received\"", "\"pong\"")).isEqualTo(1);
    assertThat(scrape.value("bytes_total{", "\"sent\"")).isEqualTo(12);
    assertThat(scrape.value("bytes_total{", "\"received\"")).isEqualTo(2);
    assertThat(scrape.value("echosounder_connection_open{")).isEqualTo(1);
    Holds.ends(metrics.held(SHOP), Ending.Cause.PEER_ERROR, 1014);
    assertThat(scrape().value("echosounder_connection_open{")).isZero();
    assertThat(scrape().value("close_codes_total{", "\"1014\"")).isEqualTo(1);
  }

  @Test
  void newLabelNamesLoseNoCountAndARemovedOneVanishes() {
    metrics.replace(List.of(SHOP));
    Holds.everythingOnce(metrics.held(SHOP));
    metrics.replace(List.of(SHOP, CHAT));
    Scrape scrape = scrape();
    assertThat(scrape.value("connections_opened_total{", "\"shop\"", "team=\"\"")).isEqualTo(2);
    assertThat(scrape.value("connections_opened_total{", "team=\"blue\"")).isZero();
    assertThat(scrape.value("connection_lifetime_seconds_count{", "team=\"\"")).isEqualTo(1);
    assertThat(scrape.lines("connection_ends_total{")).anyMatch(l -> l.contains("tls_error"));
    metrics.replace(List.of(CHAT));
    assertThat(scrape().text()).doesNotContain("\"shop\"");
  }

  @Test
  void aSubjectOfRunsIsNoKeptConnectionAndTheOtherWayRound() {
    metrics.replace(List.of(SHOP));
    assertThatThrownBy(() -> metrics.of(SHOP)).hasMessageContaining("not a subject");
    assertThatThrownBy(() -> metrics.held(CHAT)).hasMessageContaining("not a subject");
  }
}
