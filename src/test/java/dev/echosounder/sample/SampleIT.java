package dev.echosounder.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A project of somebody else depends on our jar, and its tests are run by its own Maven build.
 * Needs the packaged jar; what the samples use that this build does not is fetched the first time.
 */
@Tag("surroundings")
final class SampleIT {
  @Test
  void testsOfAnotherProjectPassAndFailAsTheyShould() throws IOException, InterruptedException {
    Sample sample = Sample.copyOf(Path.of("sample"));
    Sample.Built green = sample.maven("verify", "dependency:tree");
    assertThat(green.said()).contains("Tests run: 7, Failures: 0, Errors: 0, Skipped: 0");
    assertThat(green.code()).as(green.said()).isZero();
    assertThat(green.said())
        .as("only what tests need comes along")
        .contains("jetty-ee11-websocket-jakarta-client", "cucumber-java")
        .doesNotContain("logback", "micrometer", "picocli", "snakeyaml", "spring", "prometheus");

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
    Sample sample = Sample.copyOf(Path.of("sample/spring-boot"));
    Sample.Built green = sample.maven("test");
    assertThat(green.said()).contains("Tests run: 1, Failures: 0, Errors: 0, Skipped: 0");
    assertThat(green.code()).as(green.said()).isZero();
  }

  @Test
  void testsOfAQuarkusApplicationPass() throws IOException, InterruptedException {
    Sample sample = Sample.copyOf(Path.of("sample/quarkus"));
    Sample.Built green = sample.maven("test");
    assertThat(green.said()).contains("Tests run: 2, Failures: 0, Errors: 0, Skipped: 0");
    assertThat(green.code()).as(green.said()).isZero();
  }
}
