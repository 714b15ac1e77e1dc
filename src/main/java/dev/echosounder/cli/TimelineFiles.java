package dev.echosounder.cli;

import dev.echosounder.check.Outcome;
import dev.echosounder.report.Har;
import dev.echosounder.report.ScenarioRecord.Connected;
import dev.echosounder.report.Secrets;
import dev.echosounder.report.TimelineJson;
import dev.echosounder.ws.Target;
import dev.echosounder.ws.Timeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A probe's timeline as files for other programs. */
final class TimelineFiles {
  @Option(
      names = "--har",
      paramLabel = "FILE",
      description = "Write an HTTP Archive, which browsers' developer tools import.")
  private @Nullable Path har;

  @Option(
      names = "--jsonl",
      paramLabel = "FILE",
      description = "Write every event as JSON, one a line; see docs/json.md.")
  private @Nullable Path jsonl;

  /** Before the run: refuses what can't be written. */
  void check() {
    Writable.file(har, "--har");
    Writable.file(jsonl, "--jsonl");
  }

  void write(Target target, Outcome outcome, Secrets secrets) {
    Timeline timeline =
        outcome instanceof Outcome.Passed passed
            ? passed.evidence().timeline()
            : outcome instanceof Outcome.Failed failed
                ? failed.evidence().timeline()
                : Timeline.empty();
    if (har != null) {
      Connected connected = new Connected("probe", target.uri(), timeline);
      write(har, "--har", secrets.redact(Har.text(List.of(connected))));
    }
    if (jsonl != null) {
      write(jsonl, "--jsonl", secrets.redact(TimelineJson.lines(timeline)));
    }
  }

  private static void write(Path file, String option, String text) {
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new BadInput(
          "%s: cannot write the file %s: %s".formatted(option, file, e.getMessage()));
    }
  }
}
