package dev.echosounder.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The good and bad files among the test resources. A bad file begins with comments: {@code #
 * schema: agrees} or {@code cannot tell}, and an {@code # expect:} for each problem.
 */
record Corpus(String name, String text, boolean good) {
  private static final Path ROOT = Path.of("src/test/resources/config");
  private static final String EXPECT = "# expect: ";

  static List<Corpus> badFiles() {
    return of("bad", false);
  }

  static List<Corpus> goodFiles() {
    return of("good", true);
  }

  private static List<Corpus> of(String directory, boolean good) {
    try (Stream<Path> files = Files.list(ROOT.resolve(directory))) {
      return files.sorted().map(f -> read(f, good)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Corpus read(Path file, boolean good) {
    try {
      return new Corpus(String.valueOf(file.getFileName()), Files.readString(file), good);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean schemaCanTell() {
    return good || text.startsWith("# schema: agrees\n");
  }

  List<String> expected() {
    return text.lines()
        .filter(line -> line.startsWith(EXPECT))
        .map(line -> line.substring(EXPECT.length()))
        .toList();
  }

  @Override
  public String toString() {
    return name;
  }
}
