package dev.echosounder.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LatencyTest {
  private static final Labels SHOP = Labels.of("target", "shop");

  private final List<Latency> members = new ArrayList<>();
  private final LatencyFamily family =
      new LatencyFamily(
          Catalogue.load().claim("echosounder_round_trip_seconds"),
          LatencyFamily.FINE,
          null,
          members::stream);

  private Latency member(Labels own) {
    Latency latency = family.create(own);
    members.add(latency);
    return latency;
  }

  private List<HistogramDataPointSnapshot> points() {
    return family.collect().getDataPoints();
  }

  @Test
  void eachMemberHasItsOwnCountsUnderItsOwnLabels() {
    Latency one = member(Labels.of("phase", "tcp"));
    Latency two = member(Labels.of("phase", "tls"));
    one.bind(SHOP);
    two.bind(SHOP);
    one.record(Duration.ofMillis(3));
    assertThat(points()).hasSize(1);
    two.record(Duration.ofSeconds(1));
    two.record(Duration.ofSeconds(1));
    assertThat(points())
        .extracting(p -> p.getLabels().get("phase") + p.getLabels().get("target") + p.getCount())
        .containsExactlyInAnyOrder("tcpshop1", "tlsshop2");
  }

  @Test
  void whatIsUnboundIsKeptAndWhatIsForgottenIsNot() {
    Latency latency = member(Labels.EMPTY);
    latency.bind(SHOP);
    latency.record(Duration.ofMillis(3));
    latency.unbind();
    assertThat(points()).isEmpty();
    latency.bind(SHOP);
    assertThat(points()).hasSize(1);
    latency.forget();
    latency.record(Duration.ofMillis(3));
    latency.bind(SHOP);
    assertThat(points()).isEmpty();
  }

  @Test
  void whatIsForgottenBeforeItsFirstValueNeverHasOne() {
    Latency latency = member(Labels.EMPTY);
    latency.forget();
    latency.record(Duration.ofMillis(3));
    latency.bind(SHOP);
    assertThat(points()).isEmpty();
  }
}
