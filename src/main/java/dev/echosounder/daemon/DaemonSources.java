package dev.echosounder.daemon;

import dev.echosounder.metrics.Metrics;
import dev.echosounder.web.History;
import dev.echosounder.web.Sources;
import dev.echosounder.web.Status;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What the HTTP side shows of this daemon. */
record DaemonSources(Daemon daemon, History history, Watch watch, Metrics meters, OnDemand onDemand)
    implements Sources {
  @Override
  public Status status() {
    return watch.status();
  }

  @Override
  public Exposition metrics(Scrape scrape) {
    dev.echosounder.metrics.Exposition.Page page =
        meters.exposition().write(scrape.accept(), scrape.acceptEncoding(), scrape.names());
    return new Exposition(200, page.contentType(), page.gzip() ? "gzip" : null, page.body());
  }

  @Override
  public CompletableFuture<ProbeAnswer> probe(ProbeRequest request) {
    return onDemand.probe(daemon.config(), request);
  }

  @Override
  public String configuration() {
    return daemon.config().redactedYaml();
  }

  @Override
  public List<String> reload() {
    return daemon.reload();
  }

  @Override
  public Optional<String> notReady() {
    return daemon.knowsTargets() ? Optional.empty() : Optional.of("no target is configured");
  }

  @Override
  public String redact(String text) {
    return daemon.config().redactor().redact(text);
  }

  @Override
  public Build build() {
    return new Build(daemon.version(), "");
  }
}
