package dev.echosounder.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/**
 * Notices that a file has changed, by its time and size: polling works on every file system, on
 * Kubernetes' swapped symbolic links too. Used by one thread.
 */
final class FileWatch {
  private final Path file;
  private final Runnable onChange;
  private String seen;

  FileWatch(Path file, Runnable onChange) {
    this.file = file;
    this.onChange = onChange;
    this.seen = stamp();
  }

  /** Looks once; calls back if it is not what it was the last time. A missing file is no change. */
  void look() {
    String now = stamp();
    if (!now.isEmpty() && !now.equals(seen)) {
      seen = now;
      onChange.run();
    }
  }

  private String stamp() {
    try {
      FileTime time = Files.getLastModifiedTime(file);
      return time.toMillis() + "/" + Files.size(file) + "/" + file.toRealPath();
    } catch (IOException e) {
      return ""; // Being replaced: the next look finds it.
    }
  }
}
