package dev.echosounder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.peer.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TestCommandIT {
  private static final String PASSING =
      """
      Feature: echo
        Scenario: hello
          Given I connect
          When I send "Hello"
          Then I receive "Hello"
      """;

  @TempDir private Path directory;

  private Path feature(String text) throws IOException {
    return Files.writeString(directory.resolve("a.feature"), text);
  }

  @Test
  void passingScenarioExitsWithZeroAndWritesReports() throws IOException {
    Path junit = directory.resolve("reports/junit.xml");
    Path html = directory.resolve("reports/report.html");
    try (Peer peer = Peer.start()) {
      Program.Result result =
          new Program()
              .run(
                  "test",
                  feature(PASSING).toString(),
                  "--target=" + peer.uri("/echo"),
                  "--junit=" + junit,
                  "--html=" + html);
      assertThat(result.out()).contains("1 passed, 0 failed");
      assertThat(result.code()).isZero();
    }
    assertThat(junit).content().contains("<testcase");
    assertThat(html).isNotEmptyFile();
  }

  @Test
  void failingScenarioExitsWithOneAndShowsWhy() throws IOException {
    Path feature = feature(PASSING.replace("receive \"Hello\"", "receive \"Hallo\""));
    Program.Result result = new Program().run("test", feature.toString());
    assertThat(result.out()).contains("expected the text \"Hallo\"", "← text, 5 bytes \"Hello\"");
    assertThat(result.code()).isEqualTo(Exit.FAILED);
  }

  @Test
  void missingFileBadSyntaxBadTagsAndNothingToRunAreUsage() throws IOException {
    String good = feature(PASSING).toString();
    String bad = Files.writeString(directory.resolve("b.feature"), "Given no feature").toString();
    assertUsage("no such file", "test", directory.resolve("c.feature").toString());
    assertUsage("not a feature", "test", bad);
    assertUsage("not a tag expression", "test", good, "--tags", "@a and (");
    assertUsage("no scenario", "test", good, "--tags", "@nothing");
    assertUsage("did you mean \"ws://x\"", "test", good, "--target", "http://x");
    assertUsage("--junit: cannot write the file", "test", good, "--junit", good + "/x.xml");
    assertUsage("--html: cannot write the file", "test", good, "--html", directory.toString());
  }

  private static void assertUsage(String message, String... command) {
    Program.Result result = new Program().run(command);
    assertThat(result.err()).startsWith("error: ").contains(message).doesNotContain("\tat ");
    assertThat(result.code()).as(message).isEqualTo(Exit.USAGE);
  }

  @Test
  void stepsAreListedAndFiltered() {
    String all = new Program().run("steps").out();
    Program.Result some = new Program().run("steps", "PING");
    assertThat(all).contains("Receive", "| Then I receive");
    assertThat(some.out()).contains("ping").hasSizeLessThan(all.length() / 2);
    Program.Result none = new Program().run("steps", "zebra");
    assertThat(none.err()).contains("got \"zebra\"");
    assertThat(none.code()).isEqualTo(Exit.USAGE);
  }
}
