package dev.echosounder.servers;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/** Looks up installed programs. */
final class Program {
  private Program() {}

  /** On the search path, or where daemons live although a normal user's search path omits it. */
  static Optional<Path> find(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.concat(
            Pattern.compile(Pattern.quote(File.pathSeparator)).splitAsStream(path),
            Stream.of("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin"))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** As above; where it isn't installed the test is skipped, in CI it fails instead. */
  static Path findOrSkip(String name) {
    return find(name)
        .orElseThrow(
            () -> {
              String why = name + " is not installed";
              if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError(why);
              }
              return new TestAbortedException(why);
            });
  }
}
