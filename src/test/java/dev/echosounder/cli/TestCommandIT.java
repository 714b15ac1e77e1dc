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

  private static final String KNOWN_TO_FAIL =
      """

        Scenario: known to fail
          Given every wait ends after 100 ms
          And I connect
          When I send "Hello"
          Then I receive "Hallo"
      """;

  private Program.Result waiving(String waivers) throws IOException {
    Path file = Files.writeString(directory.resolve("known.waivers"), waivers);
    return new Program()
        .run(
            "test",
            feature(PASSING + KNOWN_TO_FAIL).toString(),
            "--waivers=" + file,
            "--junit=" + directory.resolve("junit.xml"),
            "--report=" + directory.resolve("report"));
  }

  @Test
  void aWaivedFailureIsNoneInAnyReportAndAWaivedPassFails() throws IOException {
    Program.Result excused = waiving("# of 3.2\nknown to fail # still\n");
    assertThat(excused.out()).contains("waived  known to fail (still)", "1 passed, 0 failed, 1 sk");
    assertThat(excused.code()).isZero();
    Path junit = directory.resolve("junit.xml");
    assertThat(junit)
        .content()
        .contains("failures=\"0\" skipped=\"1\"", "<skipped message=\"waived: still\">")
        .contains("expected the text")
        .doesNotContain("<failure");
    Path report = directory.resolve("report");
    assertThat(report.resolve("index.html"))
        .content()
        .contains(">1 scenario passed, 1 waived<", "<td class=\"waived\">waived</td>", ">still<")
        .doesNotContain("class=\"failed\"");
    assertThat(report.resolve("scenario-002.html")).content().contains("Waived: still");

    Program.Result outdated = waiving("hello # old\nknown to fail # true\n");
    assertThat(outdated.out()).contains("it passes, though it is waived (old): remove the waiver");
    assertThat(outdated.code()).isEqualTo(Exit.FAILED);
    assertThat(junit)
        .content()
        .contains("failures=\"1\" skipped=\"1\"")
        .contains("2: it passes, though it is waived (old): remove the waiver\"");
    assertThat(report.resolve("index.html")).content().contains(">1 of 2 scenarios failed, 1 wai");
  }

  @Test
  void waiversThatCannotBeReadAreUsage() throws IOException {
    String missing = "--waivers=" + directory.resolve("nothing");
    assertUsage("cannot read the waivers", "test", feature(PASSING).toString(), missing);
    assertThat(waiving("known to fail\n").err())
        .contains("known.waivers:1: expected \"scenario's name # reason\"");
    Program.Result misspelt = waiving("known to fail # true\nhallo # old\n");
    assertThat(misspelt.err()).contains("the waived scenario \"hallo\" was not among those run");
    assertThat(misspelt.code()).isEqualTo(Exit.USAGE);
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
