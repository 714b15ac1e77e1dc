package dev.echosounder.web;

import dev.echosounder.report.Redaction;
import java.time.Clock;
import java.time.Duration;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Status and history as JSON, in the shape that {@code docs/api.md} promises. */
final class Api {
  private static final JsonMapper JSON = new JsonMapper();

  private final Sources sources;
  private final Clock clock;

  Api(Sources sources, Clock clock) {
    this.sources = sources;
    this.clock = clock;
  }

  Reply status() {
    Status status = sources.status();
    ObjectNode root = JSON.createObjectNode();
    root.put("time", clock.instant().toString()).put("since", status.since().toString());
    root.put("version", sources.build().version()).put("revision", sources.build().revision());
    var targets = root.putArray("targets");
    for (Status.Target target : status.targets()) {
      ObjectNode node = targets.addObject().put("name", target.name());
      node.put("url", sources.redact(Redaction.text(target.url())));
      ObjectNode labels = node.putObject("labels");
      new TreeMap<>(target.labels()).forEach(labels::put);
      var checks = node.putArray("checks");
      target.checks().forEach(c -> check(checks.addObject(), target, c));
    }
    return reply(root);
  }

  private void check(ObjectNode node, Status.Target target, Status.Check check) {
    View view = View.of(target, check, sources.history());
    node.put("name", check.name()).put("kind", check.kind());
    node.put("interval_seconds", seconds(check.interval())).put("state", view.state().label());
    var durations = view.durations();
    node.put("p50_seconds", View.quantile(durations, 50).map(Api::seconds).orElse(null));
    node.put("p99_seconds", View.quantile(durations, 99).map(Api::seconds).orElse(null));
    result(node, "last", view.kept().last());
    result(node, "last_failure", view.kept().lastFailure());
    Status.Held held = check.held();
    if (held != null) {
      node.putObject("connection")
          .put("open", held.open())
          .put("since", held.since().toString())
          .put("drops", held.drops())
          .put("last_cause", held.lastCause());
    }
  }

  private void result(ObjectNode node, String name, History.@Nullable Result result) {
    if (result == null) {
      node.putNull(name);
    } else {
      result(node.putObject(name), result);
    }
  }

  Reply history(Query query) {
    String target = query.need("target");
    String check = query.need("check");
    boolean known =
        sources.status().targets().stream()
            .filter(t -> t.name().equals(target))
            .flatMap(t -> t.checks().stream())
            .anyMatch(c -> c.name().equals(check));
    if (!known) {
      return Reply.text(404, "no target has this name and a check of this name");
    }
    History.Kept kept = sources.history().kept(target, check);
    ObjectNode root = JSON.createObjectNode().put("target", target).put("check", check);
    var results = root.putArray("results");
    Stream.concat(kept.failures().stream(), kept.recent().stream())
        .forEach(r -> result(results.addObject(), r));
    return reply(root);
  }

  private void result(ObjectNode node, History.Result result) {
    node.put("id", result.id()).put("start", result.start().toString());
    node.put("result", RunPage.word(result.verdict()));
    node.put("seconds", seconds(result.took()));
    Duration roundTrip = result.roundTrip();
    node.put("round_trip_seconds", roundTrip == null ? null : seconds(roundTrip));
    if (result.verdict() == History.Verdict.FAILED) {
      node.put("stage", result.stage()).put("cause", result.cause());
    }
    if (!result.detail().isEmpty()) {
      node.put("detail", sources.redact(Redaction.text(result.detail())));
    }
  }

  private static Reply reply(ObjectNode root) {
    return Reply.of(200, Reply.JSON, JSON.writeValueAsString(root) + "\n");
  }

  private static Double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
