package dev.echosounder.servers;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A file that hangs whoever reads it, as one on a disk that is gone: a FIFO that nobody writes.
 * Once it is written, one reader gets that.
 */
public record StuckFile(Path path) implements AutoCloseable {
  /** Makes it in {@code directory}. */
  public static StuckFile in(Path directory) throws IOException, InterruptedException {
    Path path = directory.resolve("stuck.pem");
    Process mkfifo = new ProcessBuilder("mkfifo", path.toString()).inheritIO().start();
    if (!mkfifo.waitFor(5, TimeUnit.SECONDS) || mkfifo.exitValue() != 0) {
      throw new IllegalStateException("mkfifo " + path + " failed");
    }
    return new StuckFile(path);
  }

  /** Lets its readers go, who find it empty. */
  @Override
  public void close() throws IOException {
    // For both ways, as to open it for one waits for somebody at the other end.
    new RandomAccessFile(path.toFile(), "rw").close();
  }
}
