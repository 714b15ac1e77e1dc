package dev.echosounder.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.echosounder.ws.Event;
import dev.echosounder.ws.Opcode;
import dev.echosounder.ws.Timeline;
import dev.echosounder.ws.Timelines;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LatenciesTest {
  private final Latencies latencies = new Latencies();

  private void add(String url, Timeline timeline) {
    latencies.scenario(
        Reports.passed("s", new ScenarioRecord.Connected("I", URI.create(url), timeline)), s -> s);
  }

  /** Round trips of 1, 2, … 100 ms. */
  private static Timeline hundred() {
    List<Event> events = new ArrayList<>();
    long now = 0;
    for (int i = 1; i <= 100; i++) {
      events.add(new Event.Sent(now, Reports.frame(Opcode.TEXT, "m" + i)));
      now += i * 1_000_000L;
      events.add(new Event.Received(now, Reports.frame(Opcode.TEXT, "m" + i)));
    }
    return Timelines.of(1_000, events);
  }

  @Test
  void quantilesAreThoseOfTheTimelinesValues() {
    add("ws://h/a", hundred());
    Latencies.Row row =
        latencies.rows().getOrDefault("ws://h", List.of()).stream()
            .filter(r -> r.what().equals(Latencies.ROUND_TRIP))
            .findFirst()
            .orElseThrow();
    assertThat(row.count()).isEqualTo(100);
    assertThat(row.p50().toNanos() / 1e6).isCloseTo(50, within(0.1));
    assertThat(row.p90().toNanos() / 1e6).isCloseTo(90, within(0.1));
    assertThat(row.p99().toNanos() / 1e6).isCloseTo(99, within(0.1));
    assertThat(row.max().toNanos() / 1e6).isCloseTo(100, within(0.1));
  }

  @Test
  void tableOfOneServerHasNoTitleAndTheOrderOfThePhases() {
    add("ws://h:80/a", TranscriptTest.wholeRun());
    add("ws://h:80/b", TranscriptTest.wholeRun());
    List<String> lines = latencies.text(true).lines().toList();
    assertThat(lines.get(0).split(" +", -1))
        .containsExactly("latency", "count", "p50", "p90", "p99", "max");
    assertThat(lines.get(1).split(" +", -1)).startsWith("dns", "2", "400", "µs");
    assertThat(lines.stream().map(l -> l.split(" +", -1)[0]))
        .containsExactly(
            "latency",
            "dns",
            "tcp",
            "tls",
            "upgrade",
            "first_message",
            "echo",
            "round_trip",
            "close");
  }

  @Test
  void severalServersAreTitledAndTooManyAreThrownTogether() {
    add("ws://user:s3cret@a:1/x", TranscriptTest.wholeRun());
    add("ws://b:2/x", TranscriptTest.wholeRun());
    assertThat(latencies.text(false)).contains("ws://a:1\nlatency", "ws://b:2\nlatency");
    assertThat(latencies.text(false)).doesNotContain("s3cret", "µ");
    for (int i = 0; i < 100; i++) {
      add("ws://b:" + (1_000 + i), TranscriptTest.wholeRun());
    }
    assertThat(latencies.rows()).hasSize(11).containsKey("other servers");
  }

  @Test
  void nothingMeasuredMeansNoTable() {
    add("ws://h/a", Timeline.empty());
    assertThat(latencies.text(true)).isEmpty();
  }
}
