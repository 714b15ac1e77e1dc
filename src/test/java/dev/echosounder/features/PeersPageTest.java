package dev.echosounder.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the page on other tools says is shown here, is there. */
final class PeersPageTest {
  private static final Path PAGE = Path.of("docs/peers.md");
  private static final Pattern LINK = Pattern.compile("\\[([^\\]]+)\\]\\(([^)]+)\\)");

  private static List<String> rows() throws IOException {
    return Files.readAllLines(PAGE).stream()
        .filter(line -> line.startsWith("| ") && !line.startsWith("| what "))
        .toList();
  }

  @Test
  void everyRowHasALinkThatLeadsToWhatItNames() throws IOException {
    assertThat(rows()).hasSizeGreaterThan(45);
    for (String row : rows()) {
      List<MatchResult> links = LINK.matcher(row).results().toList();
      assertThat(links).as(row).hasSize(1);
      Path file = PAGE.resolveSibling(links.get(0).group(2)).normalize();
      assertThat(file).as(row).isRegularFile();
      if (file.toString().endsWith(".feature")) {
        assertThat(Files.readAllLines(file).stream().map(String::strip))
            .as(row)
            .containsAnyOf(
                "Scenario: " + links.get(0).group(1), "Scenario Outline: " + links.get(0).group(1));
      }
    }
  }
}
