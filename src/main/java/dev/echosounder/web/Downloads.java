package dev.echosounder.web;

import dev.echosounder.report.Har;
import dev.echosounder.report.ScenarioRecord.Connected;
import dev.echosounder.report.TimelineJson;
import dev.echosounder.ws.Timeline;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The timeline of a run as a file for other programs. */
final class Downloads {
  private final Sources sources;

  Downloads(Sources sources) {
    this.sources = sources;
  }

  /**
   * @param ending {@code .har} or {@code .jsonl}
   */
  Reply run(long id, String ending) {
    Optional<History.Run> run = sources.history().run(id);
    Timeline timeline = run.map(History.Run::timeline).orElse(null);
    if (run.isEmpty() || timeline == null) {
      return Reply.text(404, "the timeline of this run is not kept");
    }
    boolean har = ending.equals(".har");
    String text =
        har
            ? Har.text(List.of(new Connected(run.get().check(), url(run.get()), timeline)))
            : TimelineJson.lines(timeline);
    String type = har ? Reply.JSON : "application/jsonl";
    String name = "attachment; filename=\"run-%d%s\"".formatted(id, ending);
    return Reply.of(200, type, sources.redact(text)).with("Content-Disposition", name);
  }

  /** A target that is watched no more has left its runs, but not its URL. */
  private URI url(History.Run run) {
    return sources.status().targets().stream()
        .filter(t -> t.name().equals(run.target()))
        .map(t -> URI.create(t.url()))
        .findFirst()
        .orElse(URI.create("ws://unknown.invalid/"));
  }
}
