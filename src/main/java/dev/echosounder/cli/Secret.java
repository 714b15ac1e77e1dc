package dev.echosounder.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A value that should not show in the list of processes: {@code env:NAME} is read from the
 * environment, {@code @FILE} from a file without its last line break, anything else is the value.
 */
final class Secret {
  private static final String ENVIRONMENT = "env:";
  private static final String FILE = "@";

  private Secret() {}

  static String read(String given, String option, Map<String, String> environment) {
    if (given.startsWith(ENVIRONMENT)) {
      String name = given.substring(ENVIRONMENT.length());
      String value = environment.get(name);
      if (value == null) {
        throw new BadInput(
            "%s: expected the environment variable %s to be set, it is not"
                .formatted(option, name));
      }
      return value;
    }
    return given.startsWith(FILE) ? file(given.substring(FILE.length()), option) : given;
  }

  private static String file(String name, String option) {
    try {
      return Files.readString(Path.of(name)).replaceFirst("\\R\\z", "");
    } catch (IOException | InvalidPathException e) {
      throw new BadInput("%s: cannot read the file %s".formatted(option, name));
    }
  }
}
