package dev.echosounder.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Whether a report can be written is said before minutes of checks are run, not after. */
final class Writable {
  private Writable() {}

  static @Nullable Path file(@Nullable Path file, String option) {
    if (file == null) {
      return null;
    }
    Path existing = nearest(file);
    boolean there = existing.equals(file.toAbsolutePath());
    if (!Files.isWritable(existing) || there == Files.isDirectory(existing)) {
      throw new BadInput("%s: cannot write the file %s".formatted(option, file));
    }
    return file;
  }

  static @Nullable Path directory(@Nullable Path directory, String option) {
    if (directory == null) {
      return null;
    }
    Path existing = nearest(directory);
    if (!Files.isWritable(existing) || !Files.isDirectory(existing)) {
      throw new BadInput("%s: cannot write into the directory %s".formatted(option, directory));
    }
    return directory;
  }

  /** The path itself, or what exists of the way to it. */
  private static Path nearest(Path path) {
    Path existing = path.toAbsolutePath();
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    return existing;
  }
}
