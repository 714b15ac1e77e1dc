package dev.echosounder.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Notices that files have changed, by their time and size: polling works on every file system, on
 * Kubernetes' swapped symbolic links too. Used by one thread.
 */
final class FileWatch {
  private final Supplier<List<Path>> files;
  private final Runnable onChange;
  private Map<Path, String> seen;

  /**
   * @param files asked for at each look: a change can bring others
   */
  FileWatch(Supplier<List<Path>> files, Runnable onChange) {
    this.files = files;
    this.onChange = onChange;
    this.seen = stamps();
  }

  /**
   * Looks once; calls back if one is not what it was the last time. A missing file is no change,
   * nor is an empty one: someone is writing it.
   */
  void look() {
    Map<Path, String> now = stamps();
    boolean changed = now.entrySet().stream().anyMatch(e -> changed(e.getKey(), e.getValue()));
    Map<Path, String> before = seen;
    seen = new HashMap<>(now);
    // A file that is being replaced has no stamp: it is compared with what it was before.
    seen.replaceAll((file, stamp) -> stamp.isEmpty() ? before.getOrDefault(file, "") : stamp);
    if (changed) {
      onChange.run();
    }
  }

  private boolean changed(Path file, String stamp) {
    String before = seen.get(file);
    return before != null && !stamp.isEmpty() && !stamp.equals(before);
  }

  private Map<Path, String> stamps() {
    Map<Path, String> stamps = new HashMap<>();
    files.get().forEach(file -> stamps.put(file, stamp(file)));
    return stamps;
  }

  private static String stamp(Path file) {
    try {
      FileTime time = Files.getLastModifiedTime(file);
      if (Files.size(file) == 0) {
        return ""; // Being rewritten in place: the next look finds it.
      }
      return time.toMillis() + "/" + Files.size(file) + "/" + file.toRealPath();
    } catch (IOException e) {
      return ""; // Being replaced: the next look finds it.
    }
  }
}
