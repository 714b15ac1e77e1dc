package dev.echosounder.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * CPU time of a process so far, as the kernel counts it, to a hundredth of a second.
 *
 * @param all of all its threads, also of those that have ended
 * @param compiling of its threads that compile; zero if it is no JVM
 */
record CpuTime(Duration all, Duration compiling) {
  /** The kernel's unit in {@code /proc}: a hundredth of a second everywhere but on odd kernels. */
  private static final double TICKS_PER_SECOND = 100;

  static CpuTime of(long pid) throws IOException {
    Path process = Path.of("/proc", "" + pid);
    Duration compiling = Duration.ZERO;
    try (var threads = Files.newDirectoryStream(process.resolve("task"))) {
      for (Path thread : threads) {
        if (Files.readString(thread.resolve("comm")).matches("C[12] Compiler.*\\s*")) {
          compiling = compiling.plus(used(thread.resolve("stat")));
        }
      }
    }
    return new CpuTime(used(process.resolve("stat")), compiling);
  }

  CpuTime minus(CpuTime before) {
    return new CpuTime(all.minus(before.all), compiling.minus(before.compiling));
  }

  CpuTime plus(CpuTime more) {
    return new CpuTime(all.plus(more.all), compiling.plus(more.compiling));
  }

  /** What the work itself took. */
  Duration working() {
    return all.minus(compiling);
  }

  /** User and system time, fields 14 and 15; the second, the name, may hold blanks. */
  private static Duration used(Path stat) throws IOException {
    String line = Files.readString(stat);
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
    double ticks = Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
    return Duration.ofNanos((long) (ticks / TICKS_PER_SECOND * 1e9));
  }
}
