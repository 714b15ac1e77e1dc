package dev.echosounder.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VocabularyTest {
  private static final Path MAIN = Path.of("src/main/java/dev/echosounder");
  private static final Path PAGE = Path.of("docs/steps.md");
  private static final String GLUE = "dev.echosounder.scenario";
  private static final String SUBPROTOCOLS = "dev.echosounder.subprotocol";

  @Test
  void thePageOfStepsIsUpToDate() throws IOException {
    String expected = Vocabulary.markdown();
    if (System.getProperty("echosounder.write-docs") != null) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, expected);
    }
    assertThat(PAGE)
        .as("run: mvn -q test -Dtest=VocabularyTest -Dechosounder.write-docs")
        .content()
        .isEqualTo(expected);
  }

  @Test
  void everyExampleMatchesItsOwnStepAndNoOther(@TempDir Path directory) throws IOException {
    StringBuilder text = new StringBuilder("Feature: every example\n");
    Map<Integer, String> expected = new TreeMap<>();
    for (Vocabulary.Step step : Vocabulary.steps()) {
      text.append("  Scenario: s\n");
      expected.put((int) text.chars().filter(c -> c == '\n').count() + 1, step.pattern());
      text.append("    * ").append(step.example()).append('\n');
    }
    Path feature = Files.writeString(directory.resolve("examples.feature"), text);
    DryRun run = DryRun.of(List.of(feature), GLUE, SUBPROTOCOLS);
    assertThat(run.unclear).isEmpty();
    assertThat(run.usedAt).isEqualTo(expected);
  }

  @Test
  void everyStepIsUsedByAFeatureAndNoFeatureUsesAnUnknownStep() {
    DryRun run =
        DryRun.of(
            List.of(Path.of("features"), Path.of("src/test/resources/features")),
            GLUE,
            SUBPROTOCOLS,
            "dev.echosounder.features");
    Set<String> all =
        Vocabulary.steps().stream()
            .map(Vocabulary.Step::pattern)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(run.unclear).isEmpty();
    assertThat(run.used).containsAll(all);
  }

  @Test
  void everyStepMethodIsDocumented() {
    List<String> bare =
        Vocabulary.families().stream()
            .flatMap(family -> Arrays.stream(family.getDeclaredMethods()))
            .filter(VocabularyTest::isStep)
            .filter(m -> !m.isAnnotationPresent(Phrase.class))
            .map(Method::toString)
            .toList();
    assertThat(bare).isEmpty();
  }

  @Test
  void everyStepClassIsAFamily() throws IOException {
    try (Stream<Path> scenario = Files.list(MAIN.resolve("scenario"));
        Stream<Path> subprotocols = Files.walk(MAIN.resolve("subprotocol"))) {
      assertThat(
              Stream.concat(scenario, subprotocols)
                  .map(p -> p.getFileName().toString())
                  .filter(n -> n.endsWith("Steps.java")))
          .containsExactlyInAnyOrderElementsOf(
              Vocabulary.families().stream().map(f -> f.getSimpleName() + ".java").toList());
    }
  }

  private static boolean isStep(Method method) {
    return Arrays.stream(method.getAnnotations())
        .anyMatch(a -> a.annotationType().getPackageName().equals("io.cucumber.java.en"));
  }
}
