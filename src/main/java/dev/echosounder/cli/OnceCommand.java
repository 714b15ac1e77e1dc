package dev.echosounder.cli;

import dev.echosounder.check.IdleFinding;
import dev.echosounder.check.Outcome;
import dev.echosounder.config.Config;
import dev.echosounder.config.ConfigFile;
import dev.echosounder.config.Environment;
import dev.echosounder.config.Loaded;
import dev.echosounder.daemon.Kinds;
import dev.echosounder.daemon.Once;
import dev.echosounder.report.GithubAnnotations;
import dev.echosounder.report.JunitXml;
import dev.echosounder.report.Redaction;
import dev.echosounder.report.Secrets;
import dev.echosounder.report.WireLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code once}: every check of the production configuration, one time. */
@Command(
    name = "once",
    mixinStandardHelpOptions = true,
    description = "Runs every check of a configuration one time: the gate in CI.")
final class OnceCommand implements Callable<Integer> {
  private final Io io;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "The configuration, YAML.")
  private Path file = Path.of("");

  @Option(names = "--junit", paramLabel = "FILE", description = "Write JUnit XML here.")
  private @Nullable Path junit;

  @Option(
      names = "--wire",
      description = "Show every event and frame of every connection as it happens.")
  private boolean wire;

  OnceCommand(Io io) {
    this.io = io;
  }

  @Override
  public Integer call() {
    Loaded loaded = ConfigFile.load(file, Environment.of(io.environment()), Kinds.ALL);
    if (loaded instanceof Loaded.Bad bad) {
      Problems.print(io, bad.problems().stream().map(Object::toString).toList());
      return Exit.USAGE;
    }
    Config config = ((Loaded.Good) loaded).config();
    List<Once.Result> results = run(config);
    results.forEach(result -> io.print(config.redactor().redact(line(result)) + "\n"));
    report(config, results);
    annotate(config, results);
    long failed = results.stream().filter(r -> !r.passed()).count();
    io.print("%d passed, %d failed\n".formatted(results.size() - failed, failed));
    return failed == 0 && !results.isEmpty() ? Exit.PASSED : Exit.FAILED;
  }

  private List<Once.Result> run(Config config) {
    if (!wire) {
      return Once.run(config);
    }
    try (WireLog log = Wire.log(io, new Secrets(), config.redactor()::redact)) {
      return Once.run(config, log);
    }
  }

  private void annotate(Config config, List<Once.Result> results) {
    if (!ReportOptions.onGithub(io)) {
      return;
    }
    for (Once.Result result : results) {
      if (result.outcome() instanceof Outcome.Failed failed) {
        String title = result.target() + " " + result.check() + ": " + failed.cause();
        String error = GithubAnnotations.error(title, Redaction.text(failed.detail()));
        io.print(config.redactor().redact(error));
      }
    }
  }

  private String line(Once.Result result) {
    String name = result.target() + " " + result.check();
    if (result.outcome() instanceof Outcome.Failed failed) {
      return io.bad("FAILED")
          + "  %s: %s at %s: %s"
              .formatted(name, failed.cause(), failed.stage().label(), failed.detail());
    }
    IdleFinding idle =
        result.outcome() instanceof Outcome.Passed passed ? passed.evidence().idle() : null;
    return io.good("ok") + "      " + name + (idle == null ? "" : ": " + idle.sentence());
  }

  private void report(Config config, List<Once.Result> results) {
    Path target = junit;
    if (target == null) {
      return;
    }
    try {
      JunitXml.write(
          target,
          "echosounder once",
          results.stream().map(r -> JunitXml.Case.of(r.target(), r.check(), r.outcome())).toList(),
          config.redactor()::redact);
    } catch (IOException e) {
      throw new BadInput("--junit: can't write " + target + ": " + e.getMessage());
    }
  }
}
