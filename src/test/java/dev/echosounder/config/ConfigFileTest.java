package dev.echosounder.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.daemon.Kinds;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are no configuration say so; hostile ones are refused soon. */
final class ConfigFileTest {
  private static final String TARGET =
      "targets: [{name: a, url: \"ws://h/\", checks: [{kind: ping}]}]";

  @TempDir private Path directory = Path.of("");

  private Loaded load(byte[] bytes) throws IOException {
    return ConfigFile.load(
        Files.write(directory.resolve("c.yml"), bytes), Examples.ENVIRONMENT, Kinds.ALL);
  }

  private List<String> problems(Loaded loaded) {
    assertThat(loaded).isInstanceOf(Loaded.Bad.class);
    return ((Loaded.Bad) loaded)
        .problems().stream().map(p -> p.toString().replace(directory + "/", "")).toList();
  }

  @Test
  void loadsWithAndWithoutByteOrderMark() throws IOException {
    assertThat(load(Examples.bytes(TARGET))).isInstanceOf(Loaded.Good.class);
    assertThat(load(Examples.bytes("\uFEFF" + TARGET))).isInstanceOf(Loaded.Good.class);
  }

  @Test
  void anEmptyFileSaysSo() throws IOException {
    assertThat(problems(load(new byte[0]))).containsExactly("c.yml:1:1: the file is empty");
    assertThat(problems(load(Examples.bytes("# only this\n"))))
        .containsExactly("c.yml:1:1: the file is empty");
  }

  @Test
  void otherEncodingsSayWhere() throws IOException {
    byte[] latin = "targets: []\nx: \u00E4".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(problems(load(latin))).containsExactly("c.yml:2:4: the file is not UTF-8");
    assertThat(problems(load(cut()))).containsExactly("c.yml:1:4: the file is not UTF-8");
  }

  /** Ends inside a character. */
  private static byte[] cut() {
    return new byte[] {'a', ':', ' ', (byte) 0xC3};
  }

  @Test
  void whatIsNoFileSaysSo() {
    assertThat(problems(ConfigFile.load(directory, Examples.ENVIRONMENT, Kinds.ALL)))
        .containsExactly(directory + ": expected a file, got a directory");
    Path missing = directory.resolve("missing.yml");
    assertThat(problems(ConfigFile.load(missing, Examples.ENVIRONMENT, Kinds.ALL)))
        .containsExactly("missing.yml: the file does not exist");
  }

  @Test
  void aHugeFileIsNotRead() throws IOException {
    Path huge = directory.resolve("huge.yml");
    try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
      file.setLength(100L << 20);
    }
    assertThat(problems(ConfigFile.load(huge, Examples.ENVIRONMENT, Kinds.ALL)))
        .containsExactly("huge.yml: the file is larger than 16MiB");
  }

  @Test
  void aliasBombsAndDeepFilesAreRefusedSoon() throws IOException {
    StringBuilder bomb =
        new StringBuilder("defaults:\n  labels: &a0 {a: b}\ntargets:\n  - &l0 [x]\n");
    for (int i = 1; i < 40; i++) {
      bomb.append("  - &l%d [*l%d, *l%d]\n".formatted(i, i - 1, i - 1));
    }
    String deep = "targets: " + "[".repeat(200_000);
    for (String text : List.of(bomb.toString(), deep)) {
      long start = System.nanoTime();
      assertThat(problems(load(Examples.bytes(text)))).isNotEmpty();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void aliasesThatMultiplyLargeListsAreCounted() throws IOException {
    String large = "subprotocols: &l [" + "a, ".repeat(20_000) + "z]";
    StringBuilder text = new StringBuilder("defaults: {checks: [{kind: ping}], " + large + "}\n");
    text.append("targets:\n");
    for (int i = 0; i < 100; i++) {
      text.append("  - {name: t%d, url: \"ws://h/\", subprotocols: *l}\n".formatted(i));
    }
    assertThat(problems(load(Examples.bytes(text.toString()))))
        .anyMatch(p -> p.contains("more than 1,000,000 values"));
  }

  @Test
  void manyProblemsAreCutOff() throws IOException {
    String text = "targets:\n" + "  - x\n".repeat(5000);
    assertThat(problems(load(Examples.bytes(text))))
        .hasSize(101)
        .last()
        .isEqualTo("c.yml: and 4,900 more problems");
  }

  @Test
  void tenThousandTargetsLoadSoon() throws IOException {
    StringBuilder text = new StringBuilder("defaults: {checks: [{kind: ping}]}\ntargets:\n");
    for (int i = 0; i < 10_000; i++) {
      text.append("  - {name: t%d, url: \"wss://h%d.example.org/\"}\n".formatted(i, i));
    }
    long start = System.nanoTime();
    assertThat(load(Examples.bytes(text.toString()))).isInstanceOf(Loaded.Good.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
  }
}
