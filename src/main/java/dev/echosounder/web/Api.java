package dev.echosounder.web;

import dev.echosounder.check.IdleFinding;
import dev.echosounder.report.Redaction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Status and history as JSON, in the shape that {@code docs/api.md} promises. */
final class Api {
  private final Sources sources;
  private final Clock clock;

  Api(Sources sources, Clock clock) {
    this.sources = sources;
    this.clock = clock;
  }

  Reply status() {
    Status status = sources.status();
    ObjectNode root = Mapper.JSON.createObjectNode();
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
    Instant certificate = view.kept().certificate();
    node.put("certificate_not_after", certificate == null ? null : certificate.toString());
    IdleFinding idle = view.kept().idle();
    Optional<Duration> limit = idle == null ? Optional.empty() : idle.limit();
    node.put("idle_timeout_seconds", limit.map(Api::seconds).orElse(null));
    Status.Held held = check.held();
    if (held != null) {
      connection(node.putObject("connection"), held);
    }
  }

  private static void connection(ObjectNode node, Status.Held held) {
    node.put("open", held.open()).put("since", held.since().toString());
    node.put("drops", held.count()).put("last_cause", held.lastCause());
    node.put("heartbeat_seconds", orNull(held.heartbeat()));
    ObjectNode causes = node.putObject("drops_by_cause");
    new TreeMap<>(held.drops()).forEach(causes::put);
    var newest = node.putArray("newest_drops");
    for (Status.Drop drop : held.newest()) {
      ObjectNode one = newest.addObject().put("at", drop.at().toString());
      one.put("cause", drop.cause()).put("code", drop.code());
      one.put("age_seconds", seconds(drop.age())).put("silence_seconds", seconds(drop.silence()));
      one.put("recovery_seconds", orNull(drop.recovery())).put("run", drop.run());
    }
  }

  private static @Nullable Double orNull(@Nullable Duration duration) {
    return duration == null ? null : seconds(duration);
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
    ObjectNode root = Mapper.JSON.createObjectNode().put("target", target).put("check", check);
    var results = root.putArray("results");
    Stream.concat(kept.failures().stream(), kept.recent().stream())
        .forEach(r -> result(results.addObject(), r));
    return reply(root);
  }

  private void result(ObjectNode node, History.Result result) {
    node.put("id", result.id()).put("start", result.start().toString());
    node.put("result", RunPage.word(result.verdict()));
    node.put("seconds", seconds(result.took()));
    node.put("round_trip_seconds", orNull(result.roundTrip()));
    ObjectNode phases = node.putObject("phases_seconds");
    result.phases().all().forEach((phase, took) -> phases.put(phase.label(), seconds(took)));
    if (result.verdict() == History.Verdict.FAILED) {
      node.put("stage", result.stage()).put("cause", result.cause());
    }
    if (!result.detail().isEmpty()) {
      node.put("detail", sources.redact(Redaction.text(result.detail())));
    }
  }

  private static Reply reply(ObjectNode root) {
    return Reply.of(200, Reply.JSON, Mapper.JSON.writeValueAsString(root) + "\n");
  }

  private static Double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  /** Made by the first request: three hundred classes that no start should wait for. */
  private static final class Mapper {
    static final JsonMapper JSON = new JsonMapper();
  }
}
