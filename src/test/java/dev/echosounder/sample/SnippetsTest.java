package dev.echosounder.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documentation shows of the sample is what is built and run. */
final class SnippetsTest {
  /** A file or a part of one, then the block that shows it. */
  private static final Pattern SHOWN =
      Pattern.compile(
          "(<!-- (sample/[^ #]+)(?:#(\\w+))? -->\n```\\w+\n)(?:.*?\n)??```\n", Pattern.DOTALL);

  private static final Pattern PART =
      Pattern.compile(
          "(?m)^ *(?://|<!--) snippet: (\\w+)(?: -->)?\n(.*?)^ *(?://|<!--) end(?: -->)?$",
          Pattern.DOTALL | Pattern.MULTILINE);

  @ParameterizedTest
  @ValueSource(strings = {"docs/junit.md", "docs/cucumber.md"})
  void everyBlockIsThatOfTheSample(String page) throws IOException {
    Path file = Path.of(page);
    String text = Files.readString(file);
    Matcher shown = SHOWN.matcher(text);
    assertThat(shown.results().count()).as("blocks in " + page).isGreaterThan(2);
    StringBuilder filled = new StringBuilder();
    shown.reset();
    while (shown.find()) {
      String content = content(Path.of(shown.group(2)), shown.group(3));
      shown.appendReplacement(filled, Matcher.quoteReplacement(shown.group(1) + content + "```\n"));
    }
    shown.appendTail(filled);
    if (System.getProperty("echosounder.write-docs") != null) {
      Files.writeString(file, filled);
    }
    assertThat(file)
        .as("run: mvn -q test -Dtest=SnippetsTest -Dechosounder.write-docs")
        .content()
        .isEqualTo(filled.toString());
  }

  private static String content(Path file, @Nullable String part) throws IOException {
    if (part == null) {
      return Files.readString(file);
    }
    String content = parts(file).get(part);
    assertThat(content).as("the part %s of %s", part, file).isNotNull();
    return content;
  }

  /** Each part without the indentation that all its lines have. */
  private static Map<String, String> parts(Path file) throws IOException {
    Map<String, String> parts = new LinkedHashMap<>();
    Matcher part = PART.matcher(Files.readString(file));
    while (part.find()) {
      parts.put(part.group(1), part.group(2).stripTrailing().stripIndent() + "\n");
    }
    return parts;
  }

  @Test
  void everyPartOfTheSampleIsShown() throws IOException {
    String pages =
        Files.readString(Path.of("docs/junit.md")) + Files.readString(Path.of("docs/cucumber.md"));
    try (Stream<Path> files = Files.walk(Path.of("sample"))) {
      List<Path> sources =
          files
              .filter(f -> !f.toString().contains("/target/"))
              .filter(f -> f.toString().matches(".*\\.(java|xml)"))
              .toList();
      assertThat(sources).isNotEmpty();
      for (Path source : sources) {
        for (String part : parts(source).keySet()) {
          assertThat(pages).contains("<!-- " + source + "#" + part + " -->");
        }
      }
    }
  }
}
