package dev.echosounder.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The configuration that ships, in a hurry: since Prometheus cannot be given another clock, every
 * duration is divided by {@value #FACTOR}. Durations are ranges in brackets, and the values of the
 * keys that have one; numbers without a unit, such as objectives, stay as they are.
 */
final class Hurried {
  static final int FACTOR = 20;

  private static final Pattern DURATION =
      Pattern.compile(
          "(\\[|\\b(?:for|keep_firing_for|group_wait|\\w*interval|\\w*timeout): )(\\d+)([smhd])\\b");
  private static final Map<String, Long> MILLIS =
      Map.of("s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

  private Hurried() {}

  static String hurry(String text) {
    return DURATION.matcher(text).replaceAll(Hurried::divided);
  }

  private static String divided(MatchResult found) {
    long millis = Long.parseLong(found.group(2)) * MILLIS.getOrDefault(found.group(3), 0L);
    return found.group(1) + millis / FACTOR + "ms";
  }

  /** Prometheus' directory with no targets; its configuration file. */
  static Path prometheus(Path into) throws IOException {
    Files.createDirectories(into.resolve("rules"));
    Files.createDirectories(into.resolve("targets"));
    Path from = Path.of("prometheus");
    for (String file : new String[] {"prometheus.yml", "rules/recording.yml", "rules/alerts.yml"}) {
      Files.writeString(into.resolve(file), hurry(Files.readString(from.resolve(file))));
    }
    return into.resolve("prometheus.yml");
  }

  /** Alertmanager's configuration, with its receivers at this port. */
  static Path alertmanager(Path into, int port) throws IOException {
    String shipped = Files.readString(Path.of("alertmanager", "alertmanager.yml"));
    return Files.writeString(
        into.resolve("alertmanager.yml"),
        hurry(shipped).replace("127.0.0.1:9094", "127.0.0.1:" + port));
  }
}
