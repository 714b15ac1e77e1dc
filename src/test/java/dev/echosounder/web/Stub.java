package dev.echosounder.web;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sources that say what a test wants. */
final class Stub implements Sources {
  final History history = new History(History.Limits.DEFAULT);
  final AtomicInteger reloads = new AtomicInteger();
  volatile Status status = new Status(Samples.NOW, List.of());
  volatile List<String> problems = List.of();
  volatile Optional<String> notReady = Optional.empty();
  volatile @Nullable Scrape scraped;
  volatile @Nullable ProbeRequest probed;
  volatile Function<ProbeRequest, CompletableFuture<ProbeAnswer>> probe =
      request -> CompletableFuture.completedFuture(new ProbeAnswer.Ran("probe_success 1\n"));

  static Web.Settings settings() {
    Web.Settings plain = Web.Settings.of("127.0.0.1", 0);
    return new Web.Settings(
        plain.host(),
        plain.port(),
        plain.security(),
        plain.limits(),
        Clock.fixed(Samples.NOW, ZoneOffset.UTC));
  }

  @Override
  public History history() {
    return history;
  }

  @Override
  public Status status() {
    return status;
  }

  @Override
  public Exposition metrics(Scrape scrape) {
    scraped = scrape;
    return new Exposition(
        200,
        "application/openmetrics-text; version=1.0.0; charset=utf-8",
        null,
        ByteBuffer.wrap("up 1\n# EOF\n".getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public CompletableFuture<ProbeAnswer> probe(ProbeRequest request) {
    probed = request;
    return probe.apply(request);
  }

  @Override
  public String configuration() {
    return "targets: []\n";
  }

  @Override
  public List<String> reload() {
    reloads.incrementAndGet();
    return problems;
  }

  @Override
  public Optional<String> notReady() {
    return notReady;
  }

  @Override
  public Build build() {
    return new Build("0.1.0", "6b1d87a0f");
  }

  @Override
  public String redact(String text) {
    return text;
  }
}
