package dev.echosounder.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Prometheus' {@code file_sd}: files are read again when their time, size or identity changed. A
 * file that can't be read keeps its last good targets; one that is gone loses them.
 */
final class FileSource implements Source {
  /** What tells that a file is another one than before; a rename over it changes its key. */
  private record Stamp(FileTime modified, long size, @Nullable Object key) {}

  private record Known(
      @Nullable Stamp stamp, List<ConfiguredTarget> targets, List<String> problems) {}

  private final List<Path> patterns;
  private final TargetGroups groups;

  /** Confined to one refresh after the other. */
  private Map<Path, Known> known = new LinkedHashMap<>();

  FileSource(List<Path> patterns, TargetGroups groups) {
    this.patterns = patterns;
    this.groups = groups;
  }

  @Override
  public CompletableFuture<Discovered> refresh() {
    List<String> problems = new ArrayList<>();
    Map<Path, Known> now = new LinkedHashMap<>();
    for (Path file : files(problems)) {
      Known read = read(file, known.get(file));
      if (read != null) {
        now.put(file, read);
      }
    }
    known = now;
    Map<String, ConfiguredTarget> targets = new LinkedHashMap<>();
    for (Known one : now.values()) {
      problems.addAll(one.problems());
      one.targets().forEach(t -> targets.putIfAbsent(t.name(), t));
    }
    return CompletableFuture.completedFuture(
        new Discovered(List.copyOf(targets.values()), problems));
  }

  private Set<Path> files(List<String> problems) {
    Set<Path> files = new TreeSet<>();
    for (Path pattern : patterns) {
      Path directory = pattern.getParent();
      Path last = pattern.getFileName();
      if (directory == null || last == null || !Files.isDirectory(directory)) {
        continue;
      }
      try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, last.toString())) {
        found.forEach(files::add);
      } catch (IOException | PatternSyntaxException | DirectoryIteratorException e) {
        problems.add(pattern + ": can't be listed");
      }
    }
    return files;
  }

  /** Null if the file is gone. */
  private @Nullable Known read(Path file, @Nullable Known before) {
    List<ConfiguredTarget> last = before == null ? List.of() : before.targets();
    Stamp stamp = null;
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        return new Known(null, last, List.of(file + ": is not a regular file"));
      }
      stamp = new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
      if (before != null && stamp.equals(before.stamp())) {
        return before;
      }
      try (InputStream in = Files.newInputStream(file)) {
        byte[] bytes = in.readNBytes(ConfigFile.MOST_BYTES + 1);
        if (bytes.length > ConfigFile.MOST_BYTES) {
          return new Known(stamp, last, List.of(file + ": is larger than 16MiB"));
        }
        return parse(file, bytes, stamp, last);
      }
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      // Without a stamp it is tried again: a permission can change without the file's time.
      return new Known(null, last, List.of(file + ": can't be read"));
    }
  }

  private Known parse(Path file, byte[] bytes, Stamp stamp, List<ConfiguredTarget> last) {
    List<String> problems = new ArrayList<>();
    String where = file.toString();
    Lists.Parsed parsed =
        where.endsWith(".json") ? Lists.json(bytes, where) : Lists.yaml(bytes, where);
    problems.addAll(parsed.problems());
    List<ConfiguredTarget> targets =
        problems.isEmpty() ? groups.read(parsed.plain(), where, problems) : null;
    return new Known(stamp, targets == null ? last : targets, List.copyOf(problems));
  }
}
