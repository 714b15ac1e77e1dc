package dev.echosounder.bench;

import com.sun.management.ThreadMXBean;
import dev.echosounder.check.Echo;
import dev.echosounder.check.Evidence;
import dev.echosounder.check.Outcome;
import dev.echosounder.check.Payload;
import dev.echosounder.check.Timer;
import dev.echosounder.hold.Direction;
import dev.echosounder.metrics.HoldMetrics;
import dev.echosounder.metrics.Metrics;
import dev.echosounder.metrics.ProbeMetrics;
import dev.echosounder.metrics.Subject;
import dev.echosounder.peer.Peer;
import dev.echosounder.ws.Client;
import dev.echosounder.ws.Event;
import dev.echosounder.ws.Target;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Answers: what do our metrics add to a scrape? Time and bytes allocated, ours beside a bare
 * Prometheus client that has the same series, in turns: {@code Scrape [TARGETS...]}.
 */
final class Scrape {
  private static final Map<String, String> FORMATS =
      Map.of(
          "text", "text/plain",
          "openmetrics", "application/openmetrics-text; version=1.0.0",
          "protobuf",
              "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily;"
                  + " encoding=delimited");
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int RUNS = 20;

  /** What scraping costs: medians. */
  private record Cost(double millis, double allocated, int bytes) {}

  private Scrape() {}

  public static void main(String[] args) throws Exception {
    int[] sizes =
        args.length == 0
            ? new int[] {10, 1_000, 10_000}
            : Arrays.stream(args).mapToInt(Integer::parseInt).toArray();
    Evidence evidence = evidence();
    System.out.println(
        "a scrape: ms and MiB allocated, ours beside the bare client with our series");
    print("", "", "series", "MiB", "ms", "bare", "ratio", "alloc", "bare", "ratio");
    for (boolean held : new boolean[] {false, true}) {
      for (int size : sizes) {
        try (Metrics metrics = Metrics.create("0", null)) {
          fill(metrics, size, held, evidence);
          compare(metrics, size, held);
        }
      }
    }
  }

  /** What one real run has measured. */
  private static Evidence evidence() throws Exception {
    ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    try (Peer peer = Peer.start();
        Client client = Client.create()) {
      Outcome outcome =
          Echo.of(Payload.text("Hello"))
              .run(client, Target.of(peer.uri("/echo")), Duration.ofSeconds(5), Timer.of(scheduler))
              .get(10, TimeUnit.SECONDS);
      return ((Outcome.Passed) outcome).evidence();
    } finally {
      scheduler.shutdownNow();
    }
  }

  private static void fill(Metrics metrics, int size, boolean held, Evidence evidence) {
    List<Subject> subjects =
        IntStream.range(0, size)
            .mapToObj(
                i -> new Subject("target-" + i, "check", Map.of("team", "a"), false, false, held))
            .toList();
    metrics.replace(subjects);
    for (Subject subject : subjects) {
      if (held) {
        HoldMetrics of = metrics.held(subject);
        of.onOpened(evidence);
        of.onHeartbeat(Duration.ofMillis(1));
        for (Event event : evidence.timeline().events()) {
          if (event instanceof Event.Received received) {
            of.onFrame(Direction.RECEIVED, received.frame());
          }
        }
      } else {
        ProbeMetrics of = metrics.of(subject);
        for (int i = 0; i < RUNS; i++) {
          of.record(new Outcome.Passed(evidence));
        }
      }
    }
  }

  private static void compare(Metrics metrics, int size, boolean held) {
    String page = StandardCharsets.UTF_8.decode(page(metrics, "text/plain")).toString();
    long series = page.lines().filter(line -> !line.startsWith("#")).count();
    PrometheusRegistry bare = Mirror.of(page);
    for (String format : List.of("text", "openmetrics", "protobuf")) {
      String accept = String.valueOf(FORMATS.get(format));
      Cost[] costs = costs(() -> page(metrics, accept), () -> page(bare, accept), size);
      double ratio = costs[0].millis() / costs[1].millis();
      print(
          size + (held ? " held" : " checked"),
          format,
          series,
          "%.2f".formatted(costs[0].bytes() / 1048576.0),
          "%.2f".formatted(costs[0].millis()),
          "%.2f".formatted(costs[1].millis()),
          "%.2f".formatted(ratio),
          "%.2f".formatted(costs[0].allocated()),
          "%.2f".formatted(costs[1].allocated()),
          "%.2f".formatted(costs[0].allocated() / costs[1].allocated()));
      if (size == 1_000 && format.equals("text") && !held) {
        System.out.printf(
            "RESULT\tscrape of 1,000 targets: time to bare\t%.2f\ttimes\t<=2%n", ratio);
      }
    }
  }

  private static ByteBuffer page(Metrics metrics, String accept) {
    return metrics.exposition().write(accept, null, Set.of()).body();
  }

  private static ByteBuffer page(PrometheusRegistry registry, String accept) {
    ExpositionFormatWriter writer = ExpositionFormats.init().findWriter(accept);
    ByteArrayOutputStream body = new ByteArrayOutputStream(8 * 1024);
    try {
      writer.write(body, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ByteBuffer.wrap(body.toByteArray());
  }

  /** In turns, so that both see the same machine and the same state of its compiler. */
  private static Cost[] costs(Supplier<ByteBuffer> ours, Supplier<ByteBuffer> bare, int size) {
    int rounds = size > 5_000 ? 9 : 31;
    long warm = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
    while (System.nanoTime() < warm) {
      once(ours);
      once(bare);
    }
    Cost[] first = new Cost[rounds];
    Cost[] second = new Cost[rounds];
    for (int i = 0; i < rounds; i++) {
      first[i] = once(ours);
      second[i] = once(bare);
    }
    return new Cost[] {median(first), median(second)};
  }

  private static Cost once(Supplier<ByteBuffer> page) {
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    long start = System.nanoTime();
    int bytes = page.get().remaining();
    return new Cost(
        (System.nanoTime() - start) / 1e6,
        (THREADS.getCurrentThreadAllocatedBytes() - allocated) / 1048576.0,
        bytes);
  }

  private static Cost median(Cost[] costs) {
    double[] millis = Arrays.stream(costs).mapToDouble(Cost::millis).sorted().toArray();
    double[] allocated = Arrays.stream(costs).mapToDouble(Cost::allocated).sorted().toArray();
    return new Cost(millis[millis.length / 2], allocated[allocated.length / 2], costs[0].bytes());
  }

  private static void print(Object... cells) {
    System.out.printf("%-14s %-12s %8s %8s %8s %8s %6s %8s %8s %6s%n", cells);
  }
}
