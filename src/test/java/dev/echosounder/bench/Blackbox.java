package dev.echosounder.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;

/**
 * blackbox_exporter, which shakes hands: its {@code tcp} prober sends the request of an upgrade and
 * expects 101. The program is that of the environment's {@code BLACKBOX}, or Debian's.
 */
record Blackbox(Child process, Path config, URI probe) implements AutoCloseable {
  private static final String MODULE =
      """
      modules:
        upgrade:
          prober: tcp
          timeout: 5s
          tcp:
            query_response:
              - send: "GET /echo HTTP/1.1\\r\\nHost: 127.0.0.1\\r\\nUpgrade: websocket\\r\\n\\
                  Connection: Upgrade\\r\\nSec-WebSocket-Version: 13\\r\\n\\
                  Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\\r\\n\\r"
              - expect: "^HTTP/1.1 101"
      """;

  /** What came of the requests. */
  record Driven(long answered, long failed) {}

  static String program() {
    return System.getenv().getOrDefault("BLACKBOX", "/usr/bin/prometheus-blackbox-exporter");
  }

  static boolean installed() {
    return Files.isExecutable(Path.of(program()));
  }

  static Blackbox start(URI target) throws IOException, InterruptedException {
    Path config = Files.createTempFile("blackbox", ".yml");
    Files.writeString(config, MODULE);
    Child process =
        Child.start(
            List.of(
                program(),
                "--config.file=" + config,
                "--web.listen-address=127.0.0.1:0",
                "--history.limit=100"));
    String port = process.said("(?:address|address=)\\S*127.0.0.1:(\\d+)");
    URI probe =
        URI.create(
            "http://127.0.0.1:%s/probe?module=upgrade&target=%s"
                .formatted(port, target.getRawAuthority()));
    return new Blackbox(process, config, probe);
  }

  /** Asks for probes at a fixed rate, and waits for the last answer. */
  Driven drive(int perSecond, Duration time)
      throws IOException, InterruptedException, TimeoutException {
    LongAdder answered = new LongAdder();
    LongAdder failed = new LongAdder();
    Phaser open = new Phaser(1);
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest request = HttpRequest.newBuilder(probe).timeout(Duration.ofSeconds(10)).build();
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    Runnable ask =
        () -> {
          open.register();
          http.sendAsync(request, BodyHandlers.ofString())
              .whenComplete(
                  (response, failure) -> {
                    answered.increment();
                    if (failure != null || !response.body().contains("\nprobe_success 1")) {
                      failed.increment();
                    }
                    open.arriveAndDeregister();
                  });
        };
    clock.scheduleAtFixedRate(ask, 0, 1_000_000_000L / perSecond, TimeUnit.NANOSECONDS);
    TimeUnit.NANOSECONDS.sleep(time.toNanos());
    clock.shutdown();
    clock.awaitTermination(5, TimeUnit.SECONDS);
    open.awaitAdvanceInterruptibly(open.arrive(), 15, TimeUnit.SECONDS);
    return new Driven(answered.sum(), failed.sum());
  }

  @Override
  public void close() throws IOException {
    process.close();
    Files.delete(config);
  }
}
