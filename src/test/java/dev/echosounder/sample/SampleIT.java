package dev.echosounder.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project of somebody else depends on our jar, and its tests are run by its own Maven build. */
@Tag("surroundings")
final class SampleIT {
  @TempDir private Path directory;

  @Test
  void testsOfAnotherProjectPassAndFailAsTheyShould() throws IOException, InterruptedException {
    Sample sample = Sample.copyOf(Path.of("sample"), directory);
    Sample.Built green = sample.maven("verify");
    assertThat(green.said()).contains("Tests run: 7, Failures: 0, Errors: 0, Skipped: 0");
    assertThat(green.code()).as(green.said()).isZero();

    String server = "src/main/java/org/example/chat/ChatServer.java";
    sample.change(server, "\"welcome, \"", "\"welcom, \"");
    Sample.Built red = sample.maven("verify");
    assertThat(red.code()).as(red.said()).isNotZero();
    assertThat(red.said())
        .contains("Tests run: 7, Failures: 2, Errors: 0, Skipped: 0")
        .contains("ChatTest.greetsWhoJoins")
        .contains("who joins is greeted")
        .contains("expected the text \"welcome, alice\"")
        .contains("differs from character 7 on: expected \"e\", seen \",\"")
        .contains("timeline of alice to ws://localhost:")
        .contains("← text")
        .contains("Authorization: ")
        .doesNotContain("letmein");
  }

  @Test
  void testOfASpringBootApplicationPasses() throws IOException, InterruptedException {
    Sample sample = Sample.copyOf(Path.of("sample/spring-boot"), directory);
    Sample.Built green = sample.maven("test");
    assertThat(green.said()).contains("Tests run: 1, Failures: 0, Errors: 0, Skipped: 0");
    assertThat(green.code()).as(green.said()).isZero();
  }

  @Test
  void onlyWhatTestsNeedComesAlong() throws IOException, InterruptedException {
    Sample sample = Sample.copyOf(Path.of("sample"), directory);
    Sample.Built tree = sample.maven("dependency:tree");
    assertThat(tree.code()).as(tree.said()).isZero();
    assertThat(tree.said())
        .contains("jetty-ee11-websocket-jakarta-client", "cucumber-java")
        .doesNotContain("logback", "micrometer", "picocli", "snakeyaml", "spring", "prometheus");
  }
}
