package dev.echosounder.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.check.Outcome;
import dev.echosounder.check.Stage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jetty.util.Fields;
import org.junit.jupiter.api.Test;

final class TargetPageTest {
  private final Stub stub = new Stub();
  private final Pages pages = new Pages(stub, Clock.fixed(Samples.NOW, ZoneOffset.UTC));

  private String page(String target, int number) {
    Fields fields = new Fields();
    fields.add("page", Integer.toString(number));
    return PageTest.text(pages.target(target, "../", new Query(fields)));
  }

  private void watch(Status.Target... targets) {
    stub.status = new Status(Samples.NOW.minusSeconds(90), List.of(targets));
  }

  @Test
  void targetPageShowsLatencyPhasesDropsAndConfiguration() {
    stub.status = Samples.morning(stub.history);
    String html = page("chat-eu", 1);
    assertThat(PageTest.words(html))
        .contains("Certificate expires 2026-09-01 00:00:00 UTC, in 119 d")
        .contains("region=eu-west-1 team=messaging")
        .contains("Sends &quot;Hello&quot;, expects it back.")
        .contains("Latency whole run round trip failed")
        .containsPattern("Phases of the newest runs dns [0-9.]+ ms tcp [0-9.]+ ms tls [0-9.]+ ms")
        .contains("10:47:51 peer_going_away 1001 going away 61 min 15.0 s 310 ms");
    assertThat(html)
        .containsPattern("aria-label=\"Latency of the last 60 runs, from [125] ms to [125]00 ms\"")
        .containsPattern("<line class=fell [^>]*><title>14:00:33 failed: eof</title>")
        .containsPattern("<circle class=trip r=2 cx=99.0% cy=[0-9.]+%><title>14:03:18, ")
        .contains("href=\"../metrics\"", "href=\"../run/8\"");
  }

  @Test
  void phasesOfADroppedConnectionAreDrawnOnce() {
    watch(
        Samples.target(
            "a",
            "ws://h/",
            Map.of(),
            Samples.check("held", "hold", 15, Samples.held(true, Samples.NOW))));
    Outcome.Passed opened = (Outcome.Passed) Samples.passed(Duration.ofMillis(10));
    stub.history.add("a", "held", Samples.NOW, opened);
    stub.history.add(
        "a", "held", Samples.NOW, new Outcome.Failed(Stage.HELD, "eof", "x", opened.evidence()));
    assertThat(page("a", 1).split("<rect class=upgrade ", -1)).hasSize(2);
  }

  @Test
  void pageOfATargetStaysSmall() {
    List<Status.Check> checks = new ArrayList<>();
    Status.Drop drop =
        Samples.drop("peer_going_away", 1001, Samples.NOW, Duration.ofMillis(310), 77);
    Status.Held held =
        Samples.held(
            true, Samples.NOW, Stream.generate(() -> drop).limit(20).toArray(Status.Drop[]::new));
    // The worst page: everything there is of it, every detail full of quotes.
    for (int i = 0; i < 10; i++) {
      String name = "check-%d-".formatted(i) + "\"".repeat(100);
      checks.add(Samples.check(name, "hold", 15, held));
      Samples.runs(
          stub.history,
          "a",
          name,
          160,
          run ->
              run % 2 == 0
                  ? Samples.passed(Duration.ofMillis(run + 1))
                  : Samples.refused(502, "\"".repeat(900)));
    }
    watch(Samples.target("a", "ws://h/", Map.of(), checks.toArray(Status.Check[]::new)));
    long best = Long.MAX_VALUE;
    String html = "";
    for (int i = 0; i < 20; i++) {
      long start = System.nanoTime();
      html = page("a", 1);
      best = Math.min(best, System.nanoTime() - start);
    }
    System.out.printf(
        "page of a target: %,d bytes, %.1f ms%n",
        html.getBytes(StandardCharsets.UTF_8).length, best / 1e6);
    assertThat(html).contains("Page 1 of 3", "<h3>check-3-").doesNotContain("<h3>check-4-");
    assertThat(html.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(300_000);
    assertThat(Duration.ofNanos(best)).as("far more than it takes").isLessThan(PageTest.SLOWEST);
    assertThat(page("a", 3)).contains("Page 3 of 3", "check-9-");
    assertThat(page("a", 9)).contains("Page 3 of 3");
  }
}
