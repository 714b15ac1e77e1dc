package dev.echosounder.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the page have steps that there are. */
final class SubprotocolsPageTest {
  private static final Pattern EXAMPLE = Pattern.compile("```gherkin\\R(.*?)```", Pattern.DOTALL);

  @Test
  void everyExampleIsAFeatureOfKnownSteps(@TempDir Path directory) throws IOException {
    String page = Files.readString(Path.of("docs/subprotocols.md"));
    List<Path> features = new ArrayList<>();
    for (MatchResult example : EXAMPLE.matcher(page).results().toList()) {
      Path feature = directory.resolve(features.size() + ".feature");
      features.add(Files.writeString(feature, example.group(1)));
    }
    DryRun run = DryRun.of(features, "dev.echosounder.scenario", "dev.echosounder.subprotocol");
    assertThat(run.unclear).isEmpty();
    try (var packages = Files.list(Path.of("src/main/java/dev/echosounder/subprotocol"))) {
      assertThat(features).hasSameSizeAs(packages.filter(Files::isDirectory).toList());
    }
  }
}
