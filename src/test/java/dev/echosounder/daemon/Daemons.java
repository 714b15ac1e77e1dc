package dev.echosounder.daemon;

import dev.echosounder.config.Config;
import dev.echosounder.config.Environment;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Daemons for tests: on loopback, on a free port. */
final class Daemons {
  private Daemons() {}

  /**
   * A daemon that runs.
   *
   * @throws AssertionError if the configuration is wrong; says how
   */
  static Daemon start(@Nullable Path config) {
    return start(config, Map.of());
  }

  static Daemon start(@Nullable Path config, Map<String, String> environment) {
    return start(config, environment, Shard.WHOLE);
  }

  static Daemon start(Path config, Shard shard) {
    return start(config, Map.of(), shard);
  }

  private static Daemon start(@Nullable Path config, Map<String, String> environment, Shard shard) {
    Daemon.Options options =
        new Daemon.Options(
            config,
            Environment.of(environment),
            new Config.HostPort("127.0.0.1", 0),
            shard,
            "test");
    if (Daemon.start(options) instanceof Daemon.Started.Running running) {
      return running.daemon();
    }
    throw new AssertionError("the configuration is wrong: " + Daemon.start(options));
  }
}
