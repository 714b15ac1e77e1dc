package dev.echosounder.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What steps about many messages and many clients say when they fail. */
final class LoadTest {
  @TempDir private Path directory;

  @Test
  void aPeerThatStallsOnceIsSeenInTheQuantiles() throws IOException {
    String said =
        failing(
            """
            Given a fault proxy stands before the endpoint
            And I connect
            When the fault proxy is told to delay frame 20 from the server by 500 ms
            Then 100 echoes at 200 per second: the 50th percentile is at most 100 ms
            """);
    assertThat(said).contains("100 messages at 200 per second: percentile 50 at most 100 ms");
  }

  @Test
  void answersThatDoNotComeAreNamed() throws IOException {
    String said =
        failing(
            """
            Given the endpoint "/silent"
            And every wait ends after 100 ms
            And I connect
            When I send 12 messages at 1000 per second:
              \"""
              {"id": {{id}}}
              \"""
            Then each is answered within 50 ms, by the id at "$.id"
            """);
    assertThat(said).contains("of 12: 12 missing: 1, 2, 3", "and 2 more", "still open");
  }

  @Test
  void clientsThatFailAlikeAreToldTogether() throws IOException {
    String said =
        failing(
            """
            Given 5 clients connect
            When each client sends "Hello"
            And client 2 sends "more"
            And client 2 receives "Hello"
            Then each client receives "Hello" within 1s
            And each client receives "Hello" within 100 ms
            """);
    assertThat(said).contains("1 of 5 failed", "1 of 5: the text \"more\" (client 2)");
    said =
        failing(
            """
            Given 5 clients connect
            And each client receives "Hello" within 100 ms
            """);
    assertThat(said)
        .contains("5 of 5 failed", "5 of 5: nothing; the connection is still open (client 1, ");
  }

  @Test
  void aWriteThatStallsIsTheReasonWhyNothingCame() throws IOException {
    String said =
        failing(
            """
            Given the endpoint "/half-open?after=1"
            And a frame may have at most 64 MiB
            And a message may have at most 64 MiB
            And closing may take at most 100 ms
            And I connect
            When I send "freeze"
            And I receive the echo
            And every wait ends after 300 ms
            And I send a binary message of 32 MiB
            """);
    assertThat(said)
        .contains("to send the bytes 00 01", "within 300 ms", "the connection is still open")
        .containsPattern(
            "; our write has stalled, [1-9]\\d{6,7} bytes are pending: the peer does not read");
  }

  @Test
  void aWaivedFailurePassesAndAWaivedPassFails() throws IOException {
    Path feature = directory.resolve("two.feature");
    Files.writeString(
        feature,
        """
        Feature: f
          Scenario: good
            Given I connect
          Scenario: bad
            Given every wait ends after 100 ms
            And I connect
            Then I receive "x"
        """);
    assertThat(waived(feature, "bad # known\n").successful()).isTrue();
    assertThat(waived(feature, "bad # known\ngood # old\n").failed()).isEqualTo(1);
    assertThat(waived(feature, "").failed()).isEqualTo(1);
    assertThat(waived(feature, "bad # known\nworse # ?\n").problems())
        .containsExactly("the waived scenario \"worse\" was not among those run");
    assertThat(waived(feature, "bad\n").problems())
        .singleElement()
        .asString()
        .contains("waivers:1: expected");
  }

  private FeatureRun.Result waived(Path feature, String waivers) throws IOException {
    Path file = Files.writeString(directory.resolve("waivers"), waivers);
    return FeatureRun.run(
        FeatureRun.Request.of(
                List.of(feature),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8))
            .waiving(file));
  }

  private String failing(String steps) throws IOException {
    Path feature = directory.resolve("failing.feature");
    Files.writeString(feature, "Feature: f\n  Scenario: s\n" + steps.indent(4));
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    FeatureRun.Result result =
        FeatureRun.run(
            FeatureRun.Request.of(
                List.of(feature), new PrintStream(said, true, StandardCharsets.UTF_8)));
    String text = said.toString(StandardCharsets.UTF_8);
    assertThat(result.problems()).as(text).isEmpty();
    assertThat(result.failed()).as(text).isEqualTo(1);
    return text;
  }
}
