package dev.echosounder.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every example of the page about matching runs as it stands. */
final class MatchingPageTest {
  private static final Pattern BLOCK = Pattern.compile("(?s)```gherkin\n(.*?)```");

  @TempDir private Path directory;

  @Test
  void theExamplesPass() throws IOException {
    List<String> examples =
        BLOCK
            .matcher(Files.readString(Path.of("docs/matching.md")))
            .results()
            .map((MatchResult block) -> block.group(1))
            .toList();
    Path feature = directory.resolve("page.feature");
    Files.writeString(feature, "Feature: page\n\n" + String.join("\n", examples));
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    FeatureRun.Result result =
        FeatureRun.run(
            FeatureRun.Request.of(
                List.of(feature), new PrintStream(said, true, StandardCharsets.UTF_8)));
    assertThat(result.successful()).as(said.toString(StandardCharsets.UTF_8)).isTrue();
    assertThat(result.passed()).isEqualTo(examples.size()).isGreaterThan(8);
  }
}
