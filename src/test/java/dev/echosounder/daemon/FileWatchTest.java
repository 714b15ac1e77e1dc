package dev.echosounder.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileWatchTest {
  @TempDir private Path directory;
  private final AtomicInteger changes = new AtomicInteger();
  private Path file;
  private FileWatch watch;

  @BeforeEach
  void watch() throws IOException {
    file = Files.writeString(directory.resolve("config.yml"), "targets: []\n");
    watch = new FileWatch(() -> List.of(file), changes::incrementAndGet);
  }

  private void look(int expected) {
    watch.look();
    assertThat(changes).hasValue(expected);
  }

  @Test
  void aChangeIsToldOnce() throws IOException {
    look(0);
    Files.writeString(file, "targets: [] # more\n");
    look(1);
    look(1);
  }

  @Test
  void aFileRewrittenInPlaceIsNoChangeWhileItIsEmpty() throws IOException {
    Files.writeString(file, "");
    look(0);
    Files.writeString(file, "targets: [] # rewritten\n");
    look(1);
  }

  @Test
  void aFileThatIsGoneForAWhileIsNoChangeUntilItIsBack() throws IOException {
    Files.delete(file);
    look(0);
    Files.writeString(file, "targets: [] # back\n");
    look(1);
  }
}
