package dev.echosounder.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.echosounder.metrics.Exposition.Page;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExpositionTest {
  private static final Subject SHOP =
      new Subject("shop", "echo", Map.of("team", "blue"), true, false);

  private final Metrics metrics = Metrics.create("1", null);

  @BeforeEach
  void record() {
    metrics.replace(List.of(SHOP));
    metrics.of(SHOP).record(Outcomes.passed());
    metrics.self().pause(Duration.ofMillis(30));
  }

  @AfterEach
  void close() {
    metrics.close();
  }

  private static String text(Page page) {
    return Scrape.text(page);
  }

  @Test
  void isTextUnlessAskedForAnother() {
    Page page = metrics.exposition().write(null, null, Set.of());
    assertThat(page.contentType()).startsWith("text/plain; version=0.0.4");
    assertThat(page.gzip()).isFalse();
    assertThat(text(page)).contains("# TYPE echosounder_probe_runs_total counter\n");
  }

  @Test
  void isOpenMetricsIfAskedFor() {
    String accept = "application/openmetrics-text;version=1.0.0,text/plain;q=0.5";
    Page page = metrics.exposition().write(accept, null, Set.of());
    assertThat(page.contentType()).startsWith("application/openmetrics-text; version=1.0.0");
    assertThat(text(page))
        .contains("# TYPE echosounder_probe_runs counter\n")
        .contains("# UNIT echosounder_probe_duration_seconds seconds\n")
        .containsOnlyOnce("# EOF")
        .endsWith("# EOF\n");
  }

  @Test
  void isProtobufWithNativeBucketsIfAskedFor() {
    String accept =
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;"
            + "encoding=delimited";
    Page page = metrics.exposition().write(accept, null, Set.of("echosounder_pause_seconds"));
    assertThat(page.contentType()).startsWith("application/vnd.google.protobuf");
    assertThat(new String(Scrape.bytes(page), StandardCharsets.ISO_8859_1))
        .contains("echosounder_pause_seconds");
    // Field 5 of Histogram is the native schema, a zigzag varint: 3 is written as 6.
    assertThat(Scrape.bytes(page)).containsSequence(0x28, 6);
  }

  @Test
  void isCompressedIfTheClientTakesIt() throws IOException {
    Page page = metrics.exposition().write(null, "deflate, gzip;q=0.8", Set.of());
    assertThat(page.gzip()).isTrue();
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(Scrape.bytes(page)))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .contains("echosounder_probe_up{");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip|true",
        "GZIP|true",
        "br, gzip|true",
        "*|true",
        "gzip;q=0|false",
        "gzip; q=0.000, *|false",
        "gzip;q=0.001|true",
        "*;q=0|false",
        "identity|false",
        "xgzip|false"
      })
  void readsAcceptEncoding(String header, boolean gzip) {
    assertThat(Exposition.acceptsGzip(header)).isEqualTo(gzip);
  }

  @Test
  void givesOnlyTheMetricsThatWereNamed() {
    Set<String> names =
        Set.of(
            "echosounder_probe_runs_total",
            "echosounder_probe_duration_seconds_bucket",
            "echosounder_build_info");
    Scrape scrape = new Scrape(text(metrics.exposition().write(null, null, names)));
    assertThat(scrape.text().lines().filter(line -> line.startsWith("# TYPE")))
        .containsExactlyInAnyOrder(
            "# TYPE echosounder_build_info gauge",
            "# TYPE echosounder_probe_duration_seconds histogram",
            "# TYPE echosounder_probe_runs_total counter");
  }

  @Test
  void promtoolFindsNothingToSay(@TempDir Path directory) throws Exception {
    boolean present =
        Stream.of(System.getenv("PATH").split(":", -1))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "promtool")));
    assumeTrue(present || "true".equals(System.getenv("CI")), "promtool is not installed");
    for (Exposition exposition :
        List.of(metrics.exposition(), ProbeExposition.of(Outcomes.passed()))) {
      Path scrape = directory.resolve("scrape");
      Files.write(scrape, Scrape.bytes(exposition.write(null, null, Set.of())));
      Process promtool =
          new ProcessBuilder("promtool", "check", "metrics")
              .redirectInput(scrape.toFile())
              .redirectErrorStream(true)
              .start();
      try {
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(promtool.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(said).isEmpty();
        assertThat(promtool.exitValue()).isZero();
      } finally {
        promtool.destroyForcibly();
      }
    }
  }
}
