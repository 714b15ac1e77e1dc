package dev.echosounder.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echosounder.check.IdleFinding;
import dev.echosounder.check.Outcome;
import dev.echosounder.check.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MetricsTest {
  private static final Subject SHOP = new Subject("shop", "echo", Map.of(), true, true);
  private static final Subject CHAT =
      new Subject("chat", "echo", Map.of("team", "blue"), false, false);

  private final Metrics metrics = Metrics.create("1.2.3", null);

  @AfterEach
  void close() {
    metrics.close();
  }

  private Scrape scrape() {
    return Scrape.of(metrics.exposition());
  }

  @Test
  void countersAreThereAtZeroBeforeTheFirstRun() {
    metrics.replace(List.of(SHOP));
    Scrape scrape = scrape();
    assertThat(scrape.value("echosounder_probe_runs_total{")).isZero();
    assertThat(scrape.lines("echosounder_probe_failures_total{"))
        .hasSize(SHOP.causes().size())
        .allMatch(line -> line.endsWith(" 0.0"));
    for (String reason : List.of("overlap", "saturated", "late", "declined")) {
      assertThat(scrape.value("echosounder_probe_skipped_total{", "\"" + reason + "\"")).isZero();
    }
    assertThat(scrape.lines("echosounder_probe_up")).isEmpty();
    assertThat(scrape.lines("echosounder_certificate")).isEmpty();
  }

  @Test
  void onlyCausesThatATargetCanHaveAreThereFromTheStart() {
    assertThat(CHAT.causes()).noneMatch(cause -> cause.startsWith("tls_")).doesNotContain("proxy");
    assertThat(SHOP.causes()).contains("tls_expired", "tls_error", "proxy", "timeout", "eof");
    assertThat(SHOP.causes()).doesNotContain("closed_by_us", "idle_cut", "blocked");
    assertThat(Outcome.causes()).containsAll(SHOP.causes()).containsAll(CHAT.causes());
  }

  @Test
  void aRunIsCountedWithAllThatItMeasured() {
    metrics.replace(List.of(SHOP));
    metrics.of(SHOP).record(Outcomes.passed());
    metrics.of(SHOP).record(Outcomes.failed(Stage.UPGRADE, "http_status"));
    Scrape scrape = scrape();
    assertThat(scrape.value("echosounder_probe_runs_total{")).isEqualTo(2);
    assertThat(scrape.value("failures_total{", "\"http_status\"")).isEqualTo(1);
    assertThat(scrape.value("echosounder_probe_up{")).isZero();
    assertThat(scrape.value("certificate_not_after_timestamp_seconds{"))
        .isEqualTo((double) Outcomes.EXPIRY.getEpochSecond());
    assertThat(scrape.value("probe_duration_seconds_sum{")).isEqualTo(0.04);
    assertThat(scrape.value("probe_duration_seconds_bucket{", "le=\"0.01\"")).isZero();
    assertThat(scrape.value("probe_duration_seconds_bucket{", "le=\"0.025\"")).isEqualTo(2);
    assertThat(scrape.value("round_trip_seconds_sum{")).isEqualTo(0.003);
    assertThat(scrape.value("phase_seconds_count{", "\"dns\"")).isEqualTo(2);
    assertThat(scrape.value("phase_seconds_sum{", "\"upgrade\"")).isEqualTo(0.002);
    metrics.of(SHOP).record(Outcomes.passed());
    assertThat(scrape().value("echosounder_probe_up{")).isEqualTo(1);
  }

  @Test
  void idleLimitIsThereOnceItIsFound() {
    metrics.replace(List.of(SHOP));
    metrics.of(SHOP).record(Outcomes.passed());
    metrics.of(SHOP).record(Outcomes.idle(IdleFinding.Nature.AGE));
    assertThat(scrape().lines("echosounder_idle_timeout_seconds")).isEmpty();
    metrics.of(SHOP).record(Outcomes.idle(IdleFinding.Nature.SILENCE));
    assertThat(scrape().value("echosounder_idle_timeout_seconds{")).isEqualTo(60.5);
  }

  @Test
  void skipsAreCountedByReasonAndOtherReasonsAreRefused() {
    metrics.replace(List.of(SHOP));
    ProbeMetrics probe = metrics.of(SHOP);
    probe.skipped("late", 1920);
    probe.record(new Outcome.Skipped("no address family left"));
    assertThat(scrape().value("skipped_total{", "\"late\"")).isEqualTo(1920);
    assertThat(scrape().value("skipped_total{", "\"declined\"")).isEqualTo(1);
    assertThat(scrape().value("echosounder_probe_runs_total{")).isZero();
    assertThatThrownBy(() -> probe.skipped("tired", 1)).hasMessageContaining("tired");
  }

  @Test
  void aCauseThatIsUnusualIsCountedAndOneThatIsNoneIsRefused() {
    metrics.replace(List.of(CHAT));
    metrics.of(CHAT).record(Outcomes.failed(Stage.TLS, "tls_expired"));
    assertThat(scrape().value("failures_total{", "\"tls_expired\"")).isEqualTo(1);
    assertThatThrownBy(() -> metrics.of(CHAT).record(Outcomes.failed(Stage.TLS, "boredom")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRemovedSubjectVanishesAndTheOtherKeepsItsCounts() {
    metrics.replace(List.of(SHOP, CHAT));
    ProbeMetrics shop = metrics.of(SHOP);
    ProbeMetrics chat = metrics.of(CHAT);
    shop.record(Outcomes.passed());
    chat.record(Outcomes.passed());
    metrics.replace(List.of(SHOP));
    chat.record(Outcomes.passed());
    Scrape scrape = scrape();
    assertThat(scrape.lines("\"chat\"")).isEmpty();
    assertThat(scrape.value("echosounder_probe_runs_total{", "\"shop\"")).isEqualTo(1);
    assertThat(metrics.of(SHOP)).isSameAs(shop);
    assertThatThrownBy(() -> metrics.of(CHAT)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNewLabelNameChangesEverySeriesAndLosesNoCount() {
    metrics.replace(List.of(SHOP));
    ProbeMetrics shop = metrics.of(SHOP);
    shop.record(Outcomes.passed());
    metrics.replace(List.of(SHOP, CHAT));
    shop.record(Outcomes.passed());
    Scrape scrape = scrape();
    assertThat(scrape.value("echosounder_probe_runs_total{", "\"shop\"", "team=\"\"")).isEqualTo(2);
    assertThat(scrape.value("probe_duration_seconds_count{", "\"shop\"", "team=\"\"")).isEqualTo(2);
    assertThat(scrape.value("phase_seconds_count{", "\"shop\"", "\"echo\",p", "team=\"\"", "tcp"))
        .isEqualTo(2);
    assertThat(scrape.lines("_total{", "\"chat\"")).allMatch(l -> l.contains("team=\"blue\""));
    assertThat(scrape.lines("target=")).allMatch(line -> line.contains("team="));
    metrics.replace(List.of(SHOP));
    assertThat(scrape().lines("team=")).isEmpty();
    assertThat(scrape().value("echosounder_probe_runs_total{")).isEqualTo(2);
  }

  @Test
  void labelNamesThatClashAreRefused() {
    for (String name : List.of("target", "le", "__name", "9lives", "a-b", "")) {
      assertThatThrownBy(() -> new Subject("a", "b", Map.of(name, "x"), false, false))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("\"" + name + "\"");
    }
  }

  @Test
  void tellsOfItself() {
    assertThat(scrape().value("echosounder_build_info{", "version=\"1.2.3\"")).isEqualTo(1);
    assertThat(scrape().value("echosounder_config_last_reload_successful ")).isZero();
    metrics.self().reloadSucceeded(Instant.ofEpochMilli(1_700_000_000_500L));
    assertThat(scrape().value("echosounder_config_last_reload_successful ")).isEqualTo(1);
    metrics.self().reloadFailed();
    assertThat(scrape().value("echosounder_config_last_reload_successful ")).isZero();
    assertThat(scrape().value("config_last_reload_success_timestamp_seconds "))
        .isEqualTo(1_700_000_000.5);
    metrics.self().lag(Duration.ofMillis(4));
    metrics.self().pause(Duration.ofMillis(70));
    assertThat(scrape().value("echosounder_schedule_lag_seconds_sum ")).isEqualTo(0.004);
    assertThat(scrape().value("echosounder_pause_seconds_sum ")).isEqualTo(0.07);
  }

  /** The price of a check in Prometheus: think twice before raising it. */
  @Test
  void aCheckHasSoManySeries() {
    assertThat(series(new Subject("a", "echo", Map.of(), false, false))).isEqualTo(109);
    assertThat(series(new Subject("a", "echo", Map.of(), true, false))).isEqualTo(123);
  }

  private int series(Subject subject) {
    metrics.replace(List.of(subject));
    metrics.of(subject).record(Outcomes.passed(subject.tls()));
    return scrape().lines("target=").size();
  }
}
