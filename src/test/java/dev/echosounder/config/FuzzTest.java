package dev.echosounder.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.daemon.Kinds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mutations of the example either load or say why not, and soon. {@code -Dechosounder.fuzz=10000}
 * tries more, {@code -Dechosounder.fuzz.seed=} others.
 */
final class FuzzTest {
  private static final Duration SOON = Duration.ofSeconds(5);

  @TempDir private Path directory = Path.of("");

  @Test
  void mutationsNeverEscape() throws IOException {
    int rounds = Integer.getInteger("echosounder.fuzz", 500);
    long seed = Long.getLong("echosounder.fuzz.seed", 1L);
    Examples.furnish(directory);
    Path file = directory.resolve("fuzz.yml");
    int good = 0;
    for (int round = 0; round < rounds; round++) {
      byte[] mutant = Mutation.of(Examples.bytes(Examples.text()), new Random(seed + round));
      Files.write(file, mutant);
      long start = System.nanoTime();
      Loaded loaded = load(file, round);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .as("round %d", round)
          .isLessThan(SOON);
      if (loaded instanceof Loaded.Bad bad) {
        assertThat(bad.problems()).as("round %d", round).isNotEmpty();
        assertThat(bad.problems()).allSatisfy(p -> assertThat(p.message()).doesNotContain("\n"));
      } else {
        good++;
      }
    }
    // Both happen: the mutations are neither harmless nor all fatal.
    assertThat(good).isBetween(rounds / 20, rounds * 19 / 20);
  }

  private static Loaded load(Path file, int round) {
    try {
      return ConfigFile.load(file, Examples.ENVIRONMENT, Kinds.ALL);
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError("round " + round, e);
    }
  }
}
