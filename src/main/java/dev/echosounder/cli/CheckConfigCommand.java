package dev.echosounder.cli;

import dev.echosounder.config.Config;
import dev.echosounder.config.ConfigFile;
import dev.echosounder.config.Environment;
import dev.echosounder.config.Loaded;
import dev.echosounder.daemon.Kinds;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code check-config}: whether a configuration can be used, without using it. */
@Command(
    name = "check-config",
    mixinStandardHelpOptions = true,
    description = "Checks a configuration file and tells everything that is wrong with it.")
final class CheckConfigCommand implements Callable<Integer> {
  private final Io io;

  @Parameters(paramLabel = "FILE", description = "The configuration, YAML.")
  private Path file = Path.of("");

  CheckConfigCommand(Io io) {
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
    int checks = config.targets().stream().mapToInt(t -> t.checks().size()).sum();
    io.print(
        "%s is valid: %d targets, %d checks, %d modules\n"
            .formatted(file, config.targets().size(), checks, config.modules().size()));
    return Exit.PASSED;
  }
}
