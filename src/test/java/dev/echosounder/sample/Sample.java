package dev.echosounder.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A copy of a sample project, built by Maven with a local repository that is the user's but for our
 * own jar: that is put there, as {@code mvn install} does, where nobody else sees it.
 */
final class Sample {
  private static final long PATIENCE_SECONDS = 300; // The first time much is fetched.

  /** These JVMs live for seconds: the best machine code is not worth waiting for. */
  private static final String QUICK_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  private static final String VERSION = "0.1.0-SNAPSHOT";

  private final Path project;
  private final Path repository;

  /** What Maven said, and its exit code. */
  record Built(int code, String said) {}

  private Sample(Path project, Path repository) {
    this.project = project;
    this.repository = repository;
  }

  static Sample copyOf(Path original) throws IOException {
    Path target = Path.of("target").toAbsolutePath();
    Path directory = Files.createTempDirectory(target, "sample-");
    Path project = directory.resolve("project");
    copy(original, project);
    Path repository = Files.createDirectories(directory.resolve("repository"));
    linkAllBut("dev", userRepository(), repository);
    Path dev = Files.createDirectory(repository.resolve("dev"));
    linkAllBut("echosounder", userRepository().resolve("dev"), dev);
    install(dev.resolve("echosounder/echosounder/" + VERSION));
    return new Sample(project, repository);
  }

  private static Path userRepository() {
    String told = System.getProperty("maven.repo.local");
    return told == null
        ? Path.of(System.getProperty("user.home"), ".m2/repository")
        : Path.of(told);
  }

  private static void linkAllBut(String name, Path from, Path to) throws IOException {
    if (!Files.isDirectory(from)) {
      return;
    }
    try (Stream<Path> entries = Files.list(from)) {
      for (Path entry : entries.toList()) {
        if (!entry.getFileName().toString().equals(name)) {
          Files.createSymbolicLink(to.resolve(entry.getFileName()), entry.toAbsolutePath());
        }
      }
    }
  }

  /** The plain jar and its pom: what comes along with them is part of what is tested. */
  private static void install(Path place) throws IOException {
    Path jar = Path.of("target/echosounder-" + VERSION + ".jar");
    if (!Files.exists(jar)) {
      throw new AssertionError("there is no " + jar + ": run mvn package first");
    }
    Files.createDirectories(place);
    Files.copy(jar, place.resolve("echosounder-" + VERSION + ".jar"));
    Files.copy(Path.of("pom.xml"), place.resolve("echosounder-" + VERSION + ".pom"));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            if (directory.getFileName().toString().equals("target")) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(to.resolve(from.relativize(directory)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(
                file, to.resolve(from.relativize(file)), StandardCopyOption.REPLACE_EXISTING);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Changes one file of the copy; what is to be changed must be there. */
  void change(String file, String from, String to) {
    Path path = project.resolve(file);
    try {
      String before = Files.readString(path);
      if (!before.contains(from)) {
        throw new AssertionError(path + " does not contain \"" + from + "\"");
      }
      Files.writeString(path, before.replace(from, to));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Built maven(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program(), "-B", "-ntp"));
    command.add("-Dmaven.repo.local=" + repository);
    command.add("-DargLine=" + QUICK_START);
    command.addAll(List.of(arguments));
    Path log = Files.createTempFile(project, "maven", ".log");
    ProcessBuilder builder = new ProcessBuilder(command).directory(project.toFile());
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("MAVEN_OPTS", QUICK_START);
    Process process = builder.start();
    try {
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      String said = Files.readString(log);
      if (!ended) {
        throw new AssertionError(
            "Maven did not end within " + PATIENCE_SECONDS + " s; it said: " + said);
      }
      return new Built(process.exitValue(), said);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static String program() {
    String home = System.getenv("MAVEN_HOME");
    return home == null ? "mvn" : Path.of(home, "bin", "mvn").toString();
  }
}
