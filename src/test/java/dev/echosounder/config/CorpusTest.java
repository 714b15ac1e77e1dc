package dev.echosounder.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.daemon.Kinds;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One bad file per rule says exactly what is wrong where; the good ones load. */
final class CorpusTest {
  @TempDir private static Path directory = Path.of("");

  static List<Corpus> bad() {
    return Corpus.badFiles();
  }

  static List<Corpus> good() {
    return Corpus.goodFiles();
  }

  @ParameterizedTest
  @MethodSource("bad")
  void badFilesSayWhatIsWrong(Corpus file) {
    Examples.furnish(directory);
    Loaded loaded = ConfigFile.parse(file.text(), Examples.context(directory), Kinds.ALL);
    assertThat(loaded).isInstanceOf(Loaded.Bad.class);
    List<String> problems =
        ((Loaded.Bad) loaded)
            .problems().stream()
                .map(p -> p.line() + ":" + p.column() + ": " + p.message())
                .toList();
    String kinds = String.join(", ", Kinds.ALL.names());
    assertThat(problems)
        .isEqualTo(file.expected().stream().map(e -> e.replace("KINDS", kinds)).toList());
    assertThat(String.join("", problems)).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @MethodSource("good")
  void goodFilesLoad(Corpus file) {
    Examples.furnish(directory);
    Loaded loaded = ConfigFile.parse(file.text(), Examples.context(directory), Kinds.ALL);
    assertThat(loaded).isInstanceOf(Loaded.Good.class);
  }
}
