package dev.echosounder.daemon;

import dev.echosounder.check.IdleFinding;
import dev.echosounder.check.Outcome;
import dev.echosounder.check.Timer;
import dev.echosounder.config.Config;
import dev.echosounder.config.ConfiguredCheck;
import dev.echosounder.config.ConfiguredTarget;
import dev.echosounder.metrics.ProbeExposition;
import dev.echosounder.report.Transcript;
import dev.echosounder.web.Sources.ProbeAnswer;
import dev.echosounder.web.Sources.ProbeRequest;
import dev.echosounder.ws.Client;
import dev.echosounder.ws.Target;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/**
 * {@code /probe}: runs a module's check against a target that the request names, if the allowlist
 * lets it. The allowlist is asked twice: of the URL, and of the very address that is dialled.
 */
final class OnDemand {
  private final Client client;
  private final Timer timer;

  OnDemand(Client client, Timer timer) {
    this.client = client;
    this.timer = timer;
  }

  CompletableFuture<ProbeAnswer> probe(Config config, ProbeRequest request) {
    Config.Module module = config.modules().get(String.valueOf(request.module()));
    if (module == null) {
      Set<String> known = new TreeSet<>(config.modules().keySet());
      return invalid(
          "expected module=NAME, one of the configuration's modules %s, got %s"
              .formatted(known, request.module()));
    }
    ConfiguredTarget target;
    try {
      target = module.template().at("probe", new URI(request.target()), Map.of());
    } catch (java.net.URISyntaxException | IllegalArgumentException e) {
      return invalid("expected target=URL: " + e.getMessage());
    }
    Config.Allow allow = config.web().probe().allow();
    Target endpoint = target.endpoint();
    if (!allow.url(endpoint.uri())) {
      return invalid(
          "%s is not allowed: see web.probe.allow in the configuration".formatted(endpoint.uri()));
    }
    ConfiguredCheck check = target.checks().get(0);
    return check
        .check()
        .run(client, endpoint.withGuard(new Allowlist(allow)), request.timeout(), timer)
        .thenApply(outcome -> new ProbeAnswer.Ran(text(config, request, outcome)));
  }

  private static String text(Config config, ProbeRequest request, Outcome outcome) {
    ByteBuffer page = ProbeExposition.of(outcome).write(null, null, Set.of()).body();
    String metrics = StandardCharsets.UTF_8.decode(page).toString();
    if (!request.debug()) {
      return metrics;
    }
    String told = "Outcome: " + (outcome instanceof Outcome.Passed ? "passed" : "failed") + "\n";
    String transcript = "";
    if (outcome instanceof Outcome.Passed passed) {
      IdleFinding idle = passed.evidence().idle();
      told += idle == null ? "" : idle.sentence() + "\n";
      transcript = Transcript.text(passed.evidence().timeline());
    } else if (outcome instanceof Outcome.Failed failed) {
      told += failed.cause() + " at " + failed.stage().label() + ": " + failed.detail() + "\n";
      transcript = Transcript.text(failed.evidence().timeline());
    }
    return config.redactor().redact(told + "\n" + transcript + "\n" + metrics);
  }

  private static CompletableFuture<ProbeAnswer> invalid(String reason) {
    return CompletableFuture.completedFuture(new ProbeAnswer.Invalid(reason));
  }
}
